import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { copyTree } from '../../../src/inside/files/copy-tree.ts';
import { mustRun, run } from '../../house/engine/run.ts';
import { insideFile } from '../../house/set-up-inside.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-copy-'));
const at = (name: string) => path.join(folder, name);
const all = { bytes: 1e9, entries: 1e6 };
const isRoot = process.getuid?.() === 0;
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('owners, modes, times, links and hard links stay', async () => {
  fs.mkdirSync(at('from/deep'), { recursive: true });
  fs.writeFileSync(at('from/file'), 'words');
  fs.linkSync(at('from/file'), at('from/deep/twin'));
  fs.symlinkSync('../file', at('from/deep/link'));
  fs.symlinkSync('/nowhere', at('from/dangling'));
  await mustRun('mkfifo', [at('from/pipe')]);
  if (isRoot) {
    fs.chownSync(at('from/file'), 70, 71);
    fs.lchownSync(at('from/dangling'), 72, 73);
    fs.chownSync(at('from'), 999, 998);
  }
  fs.chmodSync(at('from/file'), 0o4750);
  fs.chmodSync(at('from/deep'), 0o3755);
  fs.chmodSync(at('from'), 0o700);
  fs.utimesSync(at('from/file'), 1e9, 1_000_000_000.5);
  fs.lutimesSync(at('from/dangling'), 1e9, 1e9);
  fs.utimesSync(at('from/deep'), 1e9, 1e9);
  fs.utimesSync(at('from'), 1e9, 1e9);

  expect(copyTree(at('from'), at('to'), all)).toEqual({ entries: 7, bytes: 10 });

  const kept = (name: string) => {
    const { mode, uid, gid, mtimeMs, nlink } = fs.lstatSync(at(name));
    return { mode, uid, gid, mtimeMs, nlink };
  };
  for (const name of ['', '/file', '/deep', '/dangling']) expect(kept(`to${name}`), name).toEqual(kept(`from${name}`));
  expect(fs.readdirSync(at('to')).sort()).toEqual(['dangling', 'deep', 'file']);
  expect(fs.readFileSync(at('to/deep/twin'), 'utf8')).toBe('words');
  expect(fs.statSync(at('to/deep/twin')).ino).toBe(fs.statSync(at('to/file')).ino);
  expect(fs.readlinkSync(at('to/deep/link'))).toBe('../file');
  expect(fs.readlinkSync(at('to/dangling'))).toBe('/nowhere');
});

test('a single file', () => {
  fs.writeFileSync(at('one'), 'one', { mode: 0o600 });
  expect(copyTree(at('one'), at('other'), all)).toEqual({ entries: 1, bytes: 3 });
  expect(fs.readFileSync(at('other'), 'utf8')).toBe('one');
});

test('no more than it is told', () => {
  fs.mkdirSync(at('many'));
  for (let index = 0; index < 10; index++) fs.writeFileSync(at(`many/${index}`), '0123456789');
  expect(() => copyTree(at('many'), at('a'), { ...all, entries: 5 })).toThrow('more than 5 files');
  expect(() => copyTree(at('many'), at('b'), { ...all, bytes: 99 })).toThrow('99 bytes');
  expect(fs.existsSync(at('many/9'))).toBe(true);
});

test('as the helper program: says what came of it, and by its code whether it did', async () => {
  const call = (...given: string[]) => run(process.execPath, [insideFile, 'copy', ...given]);
  expect(await call(at('one'), at('by-program'), '100', '100')).toMatchObject({
    code: 0,
    out: '{"entries":1,"bytes":3}\n',
  });
  expect(await call(at('one'), at('too-large'), '1', '100')).toMatchObject({
    code: 1,
    out: expect.stringContaining('error'),
  });
});
