import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { tryInstalled } from './package/installed.ts';
import { npm } from './package/npm.ts';

/** `npm run package:check`: the package as a user gets it. Needs a build; works without a network. */
const root = path.dirname(import.meta.dirname);
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-package-'));
const faults: string[] = [];

try {
  const [packed]: [{ filename: string; size: number; files: { path: string; mode: number }[] }] = JSON.parse(
    npm(['pack', '--json', '--ignore-scripts', '--pack-destination', temporary], root),
  );
  const tarball = path.join(temporary, packed.filename);
  const names = packed.files.map((file) => file.path);
  faults.push(...listFaults(names));
  for (const { path: name, mode } of packed.files)
    if (name === 'dist/seaworthy.cjs' && (mode & 0o111) === 0) faults.push(`${name} is not executable`);

  const bytes = fs.readFileSync(tarball);
  const archive = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const { messages, pkg } = await publint({ pack: { tarball: archive }, strict: true });
  for (const message of messages)
    faults.push(`publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);

  faults.push(...tryInstalled(root, temporary, tarball));
  process.stdout.write(`${names.length} files, ${Math.round(packed.size / 1000)} kB packed\n`);
} finally {
  fs.rmSync(temporary, { recursive: true, force: true });
}

for (const fault of faults) process.stdout.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

function listFaults(names: readonly string[]): string[] {
  const needed = [
    ...['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'NOTICE', 'dist/index.js', 'dist/types/index.d.ts'],
    ...['dist/seaworthy.cjs', 'dist/app.cjs', 'dist/yaml.cjs', 'dist/inside.cjs'],
  ];
  // Parts of the program that are loaded when they are needed, and its tables.
  const allowed =
    /^(?:dist\/types\/.+\.d\.ts|schema\/[^/]+\.json|dist\/[\w-]+\.cjs|dist\/index-\w+\.js|dist\/tables\/[\w-]+\.json)$/;
  return [
    ...needed.filter((name) => !names.includes(name)).map((name) => `missing from the package: ${name}`),
    ...names.filter((name) => !needed.includes(name) && !allowed.test(name)).map((name) => `not for users: ${name}`),
  ];
}
