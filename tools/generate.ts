import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Generator } from './generate/generator.ts';

/**
 * `npm run generate`: writes every generated file; `-- --check` writes nothing, names the files that differ and exits 1
 * when there are any.
 */
const root = path.dirname(import.meta.dirname);
const [option, ...rest] = process.argv.slice(2);
if (rest.length > 0 || (option !== undefined && option !== '--check')) {
  process.stderr.write('usage: npm run generate [-- --check]\n');
  process.exit(2);
}

const differing: string[] = [];
for (const generator of await generators()) {
  let files: ReadonlyMap<string, string>;
  try {
    files = await generator.files(root);
  } catch (error) {
    // The others are made all the same: a rule without its fixtures yet must not keep the registry from being written.
    process.stderr.write(`${generator.name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    continue;
  }
  for (const [file, content] of files) {
    const wanted = /\.(?:ts|json)$/.test(file) ? formatted(file, content) : content;
    if (read(file) === wanted) continue;
    differing.push(file);
    if (option === undefined) write(file, wanted);
  }
  for (const folder of generator.owns)
    for (const file of filesBelow(folder)) {
      if (files.has(file)) continue;
      differing.push(`${file} (no longer made)`);
      if (option === undefined) fs.rmSync(path.join(root, file));
    }
}
for (const file of differing) process.stdout.write(`${option ? 'differs' : 'wrote'}: ${file}\n`);
if (option && differing.length > 0) {
  process.stdout.write('Run `npm run generate` and commit what it writes.\n');
  process.exitCode = 1;
}

async function generators(): Promise<Generator[]> {
  const folder = path.join(root, 'tools/generators');
  const loaded: Generator[] = [];
  for (const name of fs.readdirSync(folder).sort()) {
    const module: { generator: Generator } = await import(pathToFileURL(path.join(folder, name)).href);
    loaded.push(module.generator);
  }
  return loaded;
}

/** As `npm run format` would leave it. */
function formatted(file: string, content: string): string {
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome');
  const command = [biome, 'check', '--write', '--linter-enabled=false', `--stdin-file-path=${file}`];
  const run = spawnSync(process.execPath, command, { cwd: root, input: content, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`biome cannot format ${file}:\n${run.stderr}`);
  return run.stdout;
}

function read(file: string): string | undefined {
  const place = path.join(root, file);
  return fs.existsSync(place) ? fs.readFileSync(place, 'utf8') : undefined;
}

function write(file: string, content: string): void {
  const place = path.join(root, file);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, content);
}

function filesBelow(folder: string): string[] {
  const place = path.join(root, folder);
  if (!fs.existsSync(place)) return [];
  return fs
    .readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
}
