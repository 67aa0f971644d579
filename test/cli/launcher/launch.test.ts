import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildCommandLine } from '../../../tools/build/command-line.ts';

/** Says what it was called with; `parse` makes it use the YAML parser, `beside` read what lies beside it, `fail` throws. */
const app = `import fs from 'node:fs';
import { parse } from 'yaml';
const [, , word] = process.argv;
async function main() {
  if (word === 'fail') throw new Error('on purpose');
  if (word === 'beside') return console.log(fs.readFileSync(new URL('./beside.txt', import.meta.url), 'utf8'));
  const { sep } = await import('node:path');
  console.log(word === 'parse' ? JSON.stringify(parse('a: [1, 2]')) : 'said ' + word + sep);
}
void main();
`;

let temporary: string;
let home: string;

beforeAll(async () => {
  temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-launch-'));
  const entry = path.join(temporary, 'entry.ts');
  fs.writeFileSync(entry, app);
  await buildCommandLine(entry, path.resolve(import.meta.dirname, '../../../src/cli/launcher/launch.ts'), temporary);
});
afterAll(() => {
  fs.rmSync(temporary, { recursive: true, force: true });
});
beforeEach(() => {
  home = fs.mkdtempSync(path.join(temporary, 'home-'));
});

function run(word: string, env: Record<string, string> = {}) {
  const launcher = path.join(temporary, 'seaworthy.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, word], {
    env: { PATH: process.env['PATH'], HOME: home, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const ok = (stdout: string) => ({ status: 0, stdout, stderr: '' });
const caches = () => {
  const place = path.join(home, '.cache/seaworthy');
  return fs.existsSync(place) ? fs.readdirSync(place) : [];
};
const chunksOf = (names: readonly string[]) => names.map((name) => name.split('-')[0]).sort();

describe.skipIf(process.platform === 'win32')('the launcher', () => {
  test('begins with a shebang and may be executed', () => {
    const file = path.join(temporary, 'seaworthy.cjs');
    expect(fs.readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(fs.statSync(file).mode & 0o111).toBe(0o111);
  });

  test('the program finds what lies beside it', () => {
    fs.writeFileSync(path.join(temporary, 'beside.txt'), 'found');
    expect(run('beside')).toEqual(ok('found\n'));
  });

  test('keeps the licence of what it bundles', () => {
    expect(fs.readFileSync(path.join(temporary, 'yaml.cjs'), 'utf8')).toContain('Eemeli Aro');
  });

  test('caches the chunks that a run used, and no others', () => {
    expect(run('check')).toEqual(ok('said check/\n'));
    expect(chunksOf(caches())).toEqual(['app']);
    expect(run('parse')).toEqual(ok('{"a":[1,2]}\n'));
    expect(chunksOf(caches())).toEqual(['app', 'yaml']);
  });

  test('writes nothing once all is cached', () => {
    run('parse');
    const stamps = () => caches().map((name) => fs.statSync(path.join(home, '.cache/seaworthy', name)).ino);
    const before = stamps();
    expect(before).toHaveLength(2);
    expect(run('parse')).toEqual(ok('{"a":[1,2]}\n'));
    expect(run('check')).toEqual(ok('said check/\n'));
    expect(stamps()).toEqual(before);
  });

  test.each([
    ['asked not to', 'check', { SEAWORTHY_CODE_CACHE: 'off' }],
    ['there is no home', 'check', { HOME: '/nowhere/at/all' }],
    ['V8 has unusual flags', 'check', { NODE_OPTIONS: '--max-old-space-size=512' }],
    ['only help is asked for', '--help', {}],
  ] as const)('makes no cache where %s', (_, word, env) => {
    expect(run(word, env)).toEqual(ok(`said ${word}/\n`));
    expect(caches()).toEqual([]);
    expect(fs.existsSync('/nowhere')).toBe(false);
  });

  test.each([
    ['cut short', (file: string) => fs.truncateSync(file, 1_000)],
    ['replaced by text', (file: string) => fs.writeFileSync(file, 'x'.repeat(5_000))],
    ['made a folder', (file: string) => fs.renameSync(file, `${file}.old`) ?? fs.mkdirSync(file)],
  ])('works with a cache that was %s', (_, damage) => {
    run('parse');
    for (const name of caches()) damage(path.join(home, '.cache/seaworthy', name));
    expect(run('parse')).toEqual(ok('{"a":[1,2]}\n'));
    expect(run('parse')).toEqual(ok('{"a":[1,2]}\n'));
  });

  test('works where the cache cannot be written', () => {
    fs.writeFileSync(path.join(home, '.cache'), 'a file in its place');
    expect(run('check')).toEqual(ok('said check/\n'));
  });

  test('passes failures on, with names of our files in the trace', () => {
    const { status, stderr } = run('fail');
    expect(status).toBe(1);
    expect(stderr).toContain('on purpose');
    expect(stderr).toContain('app.cjs:');
  });
});
