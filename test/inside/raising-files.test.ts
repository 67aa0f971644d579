import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { raisingFiles } from '../../src/inside/files/raising-files.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-raising-'));
const make = (name: string, mode: number) => {
  fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  fs.writeFileSync(path.join(root, name), '');
  fs.chmodSync(path.join(root, name), mode);
};

beforeAll(() => {
  make('bin/su', 0o4755);
  make('bin/wall', 0o2755);
  make('bin/both', 0o6755);
  make('bin/plain', 0o755);
  make('bin/not-executable', 0o4644);
  make('bin/locked', 0o2644);
  make('deep/down/here', 0o4711);
  fs.mkdirSync(path.join(root, 'shared'));
  fs.chmodSync(path.join(root, 'shared'), 0o2775);
  fs.symlinkSync('/', path.join(root, 'link'));
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

test('programs that raise, by their paths in the root', async () => {
  const { files, whole } = await raisingFiles(root, 1000);
  expect(whole).toBe(true);
  expect(files.map(({ path: at, setuid, setgid, mode }) => [at, setuid, setgid, mode.toString(8)])).toEqual([
    ['/bin/both', true, true, '6755'],
    ['/bin/su', true, false, '4755'],
    ['/bin/wall', false, true, '2755'],
    ['/deep/down/here', true, false, '4711'],
  ]);
});

test('what it did not get to is told', async () => {
  expect(await raisingFiles(root, 3)).toMatchObject({ looked: 4, whole: false });
});
