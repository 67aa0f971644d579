import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Engine } from './engine.ts';
import { insideProgram } from './inside-program.ts';
import { type TarEntry, tarOfEntries } from './tar.ts';

/** Where the program stands in the image. */
export const helperProgram = '/seaworthy/inside.cjs';

const architectures: Readonly<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  arm: 'arm',
  s390x: 's390x',
  ppc64: 'ppc64le',
};

/** Programs that a helper needs beside Node; it does without the one that is not here, and says so when asked for it. */
const tools = ['iptables', 'ip6tables'];

/**
 * The image of helper containers: Node, iptables and our program. Made of this machine's own files where it runs Linux of
 * the engine's architecture, so that no registry is asked (one layer of about 110 MB, 0.6 s); built on `node:22-alpine` elsewhere,
 * or on `SEAWORTHY_HELPER_BASE`. It carries the run's labels and goes with it.
 */
export async function makeHelperImage(engine: Engine, signal?: AbortSignal): Promise<string> {
  const tag = `seaworthy-helper:${engine.run.id}`;
  const program = insideProgram();
  const base = process.env['SEAWORTHY_HELPER_BASE'];
  if (base === undefined && isOwnKind(engine)) {
    const entries = [...filesOf([process.execPath, ...tools.flatMap(found)])];
    const node: TarEntry = {
      name: 'usr/bin/node',
      path: fs.realpathSync(process.execPath),
      mode: 0o755,
      uid: 0,
      gid: 0,
    };
    const archive = tarOfEntries(
      [...entries, node],
      [
        { name: helperProgram.slice(1), content: program },
        { name: 'etc/passwd', content: 'root:x:0:0:root:/:/bin/false\n' },
        { name: 'etc/hosts', content: '' },
        { name: 'tmp/.keep', content: '' },
      ],
    );
    const changes = [
      `ENTRYPOINT ["/usr/bin/node", "${helperProgram}"]`,
      'ENV PATH=/usr/sbin:/usr/bin:/sbin:/bin',
      'USER 0',
    ];
    await engine.images.fromArchive(tag, archive, changes, signal);
    return tag;
  }
  await engine.images.build({
    tag,
    entries: [],
    dockerfile: 'Dockerfile',
    dockerfileText: builtOn(base ?? 'node:22-alpine', program),
    ...(signal === undefined ? {} : { signal }),
  });
  return tag;
}

function isOwnKind({ info }: Engine): boolean {
  return os.platform() === 'linux' && info.os === 'linux' && info.architecture === architectures[os.arch()];
}

function builtOn(base: string, program: string): string {
  // The program travels in the Dockerfile: 20.10's BuildKit has no heredocs.
  const text = Buffer.from(program).toString('base64');
  return [
    `FROM ${base}`,
    'USER 0',
    'RUN if command -v apk; then apk add --no-cache iptables; elif command -v apt-get; then apt-get update && apt-get install -y --no-install-recommends iptables; fi',
    `RUN mkdir -p /seaworthy && node -e "require('node:fs').writeFileSync('${helperProgram}', Buffer.from('${text}', 'base64'))"`,
    `ENTRYPOINT ["node", "${helperProgram}"]`,
    '',
  ].join('\n');
}

function found(name: string): string[] {
  const folders = ['/usr/sbin', '/sbin', '/usr/bin', '/usr/local/sbin'];
  return folders
    .map((folder) => path.join(folder, name))
    .filter((file) => fs.existsSync(file))
    .slice(0, 1);
}

/** These programs with the libraries that they load; links with what they point to. */
function* filesOf(programs: readonly string[]): Generator<TarEntry> {
  const wanted = new Set<string>();
  for (const program of programs) {
    // Node itself is put in a fixed place by the caller.
    if (program !== process.execPath) wanted.add(program);
    for (const library of librariesOf(program)) wanted.add(library);
  }
  // iptables loads its matches and targets by name.
  for (const folder of ['/usr/lib/x86_64-linux-gnu/xtables', '/usr/lib/aarch64-linux-gnu/xtables', '/usr/lib/xtables'])
    if (programs.length > 1 && fs.existsSync(folder))
      for (const name of fs.readdirSync(folder))
        if (/_(?:standard|tcp|reject|drop|comment)\.so$/i.test(name)) wanted.add(path.join(folder, name));
  const done = new Set<string>();
  for (const file of wanted)
    for (const name of chainOf(file)) {
      if (done.has(name)) continue;
      done.add(name);
      yield { name: name.slice(1), path: name, uid: 0, gid: 0 };
    }
}

/** A file, and where it is a link, what it leads to, step by step. Folders that are links (`/lib`) are left as they are written. */
function chainOf(file: string): string[] {
  const names = [file];
  let at = file;
  for (let step = 0; step < 10 && fs.lstatSync(at).isSymbolicLink(); step++) {
    at = path.resolve(path.dirname(at), fs.readlinkSync(at));
    names.push(at);
  }
  return names;
}

function librariesOf(program: string): string[] {
  try {
    const said = execFileSync('ldd', [program], {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return [...said.matchAll(/(?:=> |^\s+)(\/\S+) \(0x/gm)].map(([, file]) => file!);
  } catch (error) {
    if (program !== process.execPath) return [];
    throw new SeaworthyError('engine-refused', 'the libraries of Node could not be told (ldd)', {
      hint: 'SEAWORTHY_HELPER_BASE names an image with Node to make the helper from',
      cause: error,
    });
  }
}
