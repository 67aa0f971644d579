import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Engine } from './engine.ts';
import { debianBase, type StandIn } from './stand-ins.ts';

/** Left out of every image, as Debian's slim images do. */
const left = ['man', 'doc', 'locale', 'info', 'lintian'].map((name) => `--exclude=./usr/share/${name}`);

/** Makes one image from Debian's packages, without running any of their scripts. */
export function makeStandIn(engine: Engine, standIn: StandIn, work: string, npmCache: string): void {
  const packages = [...new Set([...(standIn.withBase ? debianBase : []), ...standIn.packages])];
  const root = path.join(work, 'rootfs', standIn.name.replace(/\W+/g, '-'));
  fs.rmSync(root, { recursive: true, force: true });
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    fs.mkdirSync(path.join(root, 'usr', name), { recursive: true });
    fs.symlinkSync(`usr/${name}`, path.join(root, name));
  }
  const wanted = standIn.withBase ? undefined : new Set(standIn.packages);
  for (const deb of download(packages, work)) {
    // Distroless images take packages as they are, without what they depend on.
    if (wanted && !wanted.has(path.basename(deb).split('_')[0] ?? '')) continue;
    execFileSync('sh', [
      '-c',
      `dpkg-deb --fsys-tarfile "$0" | tar -C "$1" -x -p --keep-directory-symlink ${left.join(' ')}`,
      deb,
      root,
    ]);
  }
  finish(root, standIn, npmCache);
  const tar = spawnSync(
    'sh',
    [
      '-c',
      `tar -C "$0" -c . | "$@"`,
      root,
      ...engine.command('import', ...standIn.config.flatMap((one) => ['-c', one]), '-', standIn.name),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  fs.rmSync(root, { recursive: true, force: true });
  if (tar.status !== 0) throw new Error(`${standIn.name} could not be imported`);
}

/** The packages with all they depend on, resolved as if nothing were installed; kept between runs. */
function download(packages: readonly string[], work: string): string[] {
  const debs = path.join(work, 'debs');
  fs.mkdirSync(path.join(debs, 'partial'), { recursive: true });
  fs.mkdirSync(path.join(work, 'none', 'partial'), { recursive: true });
  fs.writeFileSync(path.join(work, 'empty'), '');
  const apt = (archives: string, ...more: string[]) =>
    execFileSync(
      'apt-get',
      [
        ...['-o', `Dir::State::status=${work}/empty`, '-o', `Dir::Cache::archives=${archives}`],
        ...[
          '-o',
          'APT::Install-Recommends=false',
          '-o',
          'APT::Sandbox::User=root',
          '-o',
          'Debug::NoLocking=1',
          '-qq',
          '-y',
        ],
        ...more,
        'install',
        ...packages,
      ],
      { encoding: 'utf8', maxBuffer: 1 << 26 },
    );
  const lines = apt(path.join(work, 'none'), '--print-uris').trim().split('\n');
  apt(debs, '-d');
  return lines.map((line) => path.join(debs, line.split(' ')[1] ?? ''));
}

/** What the packages' scripts would have done, as far as the examples need it. */
function finish(root: string, { withBase, withHostNode, accounts = [], name }: StandIn, npmCache: string): void {
  const at = (...parts: string[]) => path.join(root, ...parts);
  fs.mkdirSync(at('etc/ssl/certs'), { recursive: true });
  fs.mkdirSync(at('tmp'), { recursive: true });
  fs.mkdirSync(at('root'), { recursive: true });
  fs.chmodSync(at('tmp'), 0o1777);
  fs.copyFileSync('/etc/ssl/certs/ca-certificates.crt', at('etc/ssl/certs/ca-certificates.crt'));
  const master = (file: string) =>
    withBase
      ? fs.readFileSync(at('usr/share/base-passwd', `${file}.master`), 'utf8')
      : 'root:x:0:0:root:/root:/sbin/nologin\n';
  const shell = withBase ? '/bin/sh' : '/sbin/nologin';
  fs.writeFileSync(
    at('etc/passwd'),
    master('passwd') + accounts.map(([user, id]) => `${user}:x:${id}:${id}:${user}:/home/${user}:${shell}\n`).join(''),
  );
  fs.writeFileSync(
    at('etc/group'),
    (withBase ? master('group') : 'root:x:0:\n') + accounts.map(([group, id]) => `${group}:x:${id}:\n`).join(''),
  );
  fs.writeFileSync(at('etc/nsswitch.conf'), 'hosts: files dns\n');
  for (const [user, id] of accounts) {
    fs.mkdirSync(at('home', user), { recursive: true });
    fs.chownSync(at('home', user), id, id);
  }
  if (!withBase) return;
  for (const [link, target] of [
    ['sh', 'dash'],
    ['awk', 'mawk'],
    ['cc', 'gcc'],
    ['c++', 'g++'],
  ] as const)
    if (!fs.existsSync(at('usr/bin', link)) && fs.existsSync(at('usr/bin', target)))
      fs.symlinkSync(target, at('usr/bin', link));
  if (!withHostNode) return;
  fs.mkdirSync(at('usr/local/bin'), { recursive: true });
  fs.mkdirSync(at('usr/local/lib/node_modules'), { recursive: true });
  fs.copyFileSync(process.execPath, at('usr/local/bin/node'));
  const npm = path.join(
    execFileSync('npm', ['root', '-g'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(),
    'npm',
  );
  fs.cpSync(npm, at('usr/local/lib/node_modules/npm'), { recursive: true, dereference: true });
  for (const tool of ['npm', 'npx'])
    fs.symlinkSync(`../lib/node_modules/npm/bin/${tool}-cli.js`, at('usr/local/bin', tool));
  // A real `npm install` leaves this very cache in the image too.
  if (name === 'node:24') fs.cpSync(npmCache, at('root/.npm'), { recursive: true });
}
