import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Engine } from './engine.ts';
import { distribution } from './packages.ts';
import { mustRun, run } from './run.ts';

/** Which stage of `stand-ins/Dockerfile` stands for an image; the first that matches. */
const rows: readonly (readonly [pattern: RegExp, stage: string])[] = [
  [/^node:(?:.*-)?alpine/, 'node-alpine'],
  [/^node:(?:.*-)?slim/, 'node-slim'],
  [/^node(?::|$)/, 'node'],
  [/^python:(?:.*-)?slim/, 'python-slim'],
  [/^python(?::(?!.*alpine)|$)/, 'python'],
  [/^golang:(?:.*-)?alpine/, 'golang-alpine'],
  [/^golang(?::|$)/, 'golang'],
  [/^nginx:(?:.*-)?alpine/, 'nginx-alpine'],
  [/^nginx(?::|$)/, 'nginx'],
  [/^redis:(?:.*-)?alpine/, 'redis-alpine'],
  [/^redis(?::|$)/, 'redis'],
  [/^postgres:(?:.*-)?alpine/, 'postgres-alpine'],
  [/^postgres(?::|$)/, 'postgres'],
  [/^gcr\.io\/distroless\/static(?:-debian\d+)?:(?:.*-)?nonroot/, 'static-nonroot'],
  [/^gcr\.io\/distroless\/static/, 'static'],
  [/^alpine(?::|$)/, 'alpine'],
  [/^busybox(?::|$)/, 'alpine'],
  [/^debian(?::|$)/, 'debian'],
];

const sources = path.join(import.meta.dirname, 'stand-ins');

/**
 * What the stand-ins are built from: this folder, Debian by debootstrap, and the Node that runs the tests. Only ever in
 * an engine of our own, since they bear the names of real images.
 */
export async function standInContext(
  engine: Engine,
  cache: string,
  say: (line: string) => void,
): Promise<{ context: string; mark: string }> {
  const suite = distribution()['VERSION_CODENAME'] ?? 'bookworm';
  const hash = createHash('sha256').update(`${suite} ${process.version}`);
  for (const entry of fs.readdirSync(sources, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) hash.update(fs.readFileSync(path.join(entry.parentPath, entry.name)));
  const mark = hash.digest('hex').slice(0, 12);
  const archive = path.join(cache, `${suite}.tar`);
  const call = { env: { ...process.env, ...engine.env }, seconds: 300 };
  const base = 'seaworthy-stand-in/debootstrap';
  if ((await run(engine.docker, ['image', 'inspect', base], call)).code !== 0) {
    if (!fs.existsSync(archive)) {
      say(`Making test images of ${suite}'s packages, kept in ${cache} for the next time`);
      await debootstrap(suite, archive);
    }
    const settings = ['-c', 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];
    await mustRun(engine.docker, ['import', ...settings, archive, base], call);
  }
  await forgetOld(engine, cache, mark);
  return { context: nodeBeside(cache, mark), mark };
}

/** Makes sure that an image of this name is there, if we have a stand-in for it. */
export async function standInFor(engine: Engine, name: string): Promise<void> {
  const stage = rows.find(([pattern]) => pattern.test(name))?.[1];
  if (!engine.standIns || stage === undefined) return;
  const { context, mark } = engine.standIns;
  const call = { env: { ...process.env, ...engine.env }, seconds: 600 };
  const own = `seaworthy-stand-in/${stage}:${mark}`;
  if ((await run(engine.docker, ['image', 'inspect', own], call)).code !== 0)
    await mustRun(
      engine.docker,
      ['build', '--quiet', '--target', stage, '--tag', own, ...engine.buildArguments, context],
      call,
    );
  await mustRun(engine.docker, ['tag', own, name.includes(':') ? name : `${name}:latest`], call);
}

/** What no branch has used for a week goes, with the images made of it. */
async function forgetOld(engine: Engine, cache: string, mark: string): Promise<void> {
  const week = 7 * 24 * 3600 * 1000;
  const contexts = fs.readdirSync(cache).filter((name) => name.startsWith('stand-ins-'));
  for (const name of contexts) {
    const old = Date.now() - fs.statSync(path.join(cache, name)).mtimeMs > week;
    if (old && !name.endsWith(mark)) fs.rmSync(path.join(cache, name), { recursive: true, force: true });
  }
  const call = { env: { ...process.env, ...engine.env } };
  const images = await run(
    engine.docker,
    ['images', '--format', '{{.Repository}}:{{.Tag}}', 'seaworthy-stand-in/*'],
    call,
  );
  const gone = images.out.split('\n').filter((name) => {
    const of = /:([0-9a-f]{12})$/.exec(name)?.[1];
    return of !== undefined && of !== mark && !fs.existsSync(path.join(cache, `stand-ins-${of}`));
  });
  if (gone.length > 0) await run(engine.docker, ['rmi', ...gone], call);
}

async function debootstrap(suite: string, archive: string): Promise<void> {
  const folder = `${archive}.${process.pid}`;
  fs.rmSync(folder, { recursive: true, force: true });
  try {
    // In a mount namespace of its own, so that its /proc is gone when it ends, in whatever way.
    await mustRun(
      'unshare',
      ['--mount', 'debootstrap', '--variant=minbase', '--include=ca-certificates', suite, folder],
      { seconds: 600 },
    );
    // A company's own certificates are needed in a build, too.
    fs.copyFileSync('/etc/ssl/certs/ca-certificates.crt', path.join(folder, 'etc/ssl/certs/ca-certificates.crt'));
    const heavy = ['var/cache/apt/archives', 'var/lib/apt/lists', 'usr/share/doc', 'usr/share/man', 'usr/share/locale'];
    const left = heavy.map((name) => `--exclude=./${name}/*`);
    const volatile = ['./dev/*', './proc/*', './sys/*'].map((name) => `--exclude=${name}`);
    await mustRun('tar', ['-C', folder, ...left, ...volatile, '-cf', `${folder}.tar`, '.'], { seconds: 120 });
    fs.renameSync(`${folder}.tar`, archive);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder with the sources and, as `node/`, the Node and npm that run this. */
function nodeBeside(cache: string, mark: string): string {
  const context = path.join(cache, `stand-ins-${mark}`);
  if (fs.existsSync(context)) {
    fs.utimesSync(context, new Date(), new Date());
    return context;
  }
  const making = `${context}.${process.pid}`;
  fs.cpSync(sources, making, { recursive: true });
  const bin = path.join(making, 'node/bin');
  const modules = path.join(making, 'node/lib/node_modules');
  fs.mkdirSync(bin, { recursive: true });
  fs.copyFileSync(process.execPath, path.join(bin, 'node'));
  const npm = path.join(path.dirname(process.execPath), '../lib/node_modules/npm');
  fs.cpSync(npm, path.join(modules, 'npm'), { recursive: true });
  for (const name of ['npm', 'npx']) fs.symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(bin, name));
  fs.chmodSync(path.join(bin, 'node'), 0o755);
  try {
    fs.renameSync(making, context);
  } catch {
    // Another run was quicker.
    fs.rmSync(making, { recursive: true, force: true });
  }
  return context;
}
