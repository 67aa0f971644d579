import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  cacheFileName,
  pruneCache,
  readCache,
  userCacheDirectory,
  writeCache,
} from '../../../src/cli/launcher/code-cache.ts';

const uid = process.geteuid?.() ?? 0;
const data = Buffer.from(Array.from({ length: 10_000 }, (_, at) => at % 251));
let home: string;

beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-cache-'));
});
afterEach(() => {
  fs.rmSync(home, { recursive: true, force: true });
});

describe.skipIf(process.platform === 'win32')('the code cache', () => {
  const name = cacheFileName({ chunk: 'app', buildId: 'abc' });
  const write = () => {
    const directory = path.join(home, 'seaworthy');
    expect(writeCache(directory, name, data, uid)).toBe(true);
    return path.join(directory, name);
  };

  test('reads back what it wrote, and leaves nothing else behind', () => {
    const file = write();
    expect(readCache(file, uid)).toEqual(data);
    expect(fs.readdirSync(path.dirname(file))).toEqual([name]);
    expect(fs.statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  });

  test('names the Node version and the build', () => {
    expect(name).toBe(`app-abc-${process.version}-${process.arch}.v8`);
  });

  test.each([
    ['cut short', (file: string) => fs.truncateSync(file, 5_000)],
    ['empty', (file: string) => fs.truncateSync(file, 0)],
    ['header only', (file: string) => fs.truncateSync(file, 16)],
    ['a page of zeros', (file: string) => overwrite(file, 4_096, Buffer.alloc(4_096))],
    ['another magic', (file: string) => overwrite(file, 0, Buffer.from('beef'))],
    ['grown', (file: string) => fs.appendFileSync(file, 'x')],
    ['writable by others', (file: string) => fs.chmodSync(file, 0o666)],
  ])('refuses a file that is %s', (_, damage) => {
    const file = write();
    damage(file);
    expect(readCache(file, uid)).toBeUndefined();
  });

  test('refuses a symbolic link, a directory and a missing file', () => {
    const file = write();
    const link = path.join(home, 'link');
    fs.symlinkSync(file, link);
    expect(readCache(link, uid)).toBeUndefined();
    expect(readCache(home, uid)).toBeUndefined();
    expect(readCache(path.join(home, 'none'), uid)).toBeUndefined();
  });

  test('refuses what another user owns', () => {
    expect(readCache(write(), uid + 1)).toBeUndefined();
    expect(writeCache(path.join(home, 'theirs'), name, data, uid + 1)).toBe(false);
    expect(fs.readdirSync(path.join(home, 'theirs'))).toEqual([]);
  });

  test('writes nothing through a linked or unwritable directory', () => {
    fs.mkdirSync(path.join(home, 'real'));
    fs.symlinkSync(path.join(home, 'real'), path.join(home, 'linked'));
    expect(writeCache(path.join(home, 'linked'), name, data, uid)).toBe(false);
    fs.writeFileSync(path.join(home, 'file'), '');
    expect(writeCache(path.join(home, 'file', 'below'), name, data, uid)).toBe(false);
    expect(fs.readdirSync(path.join(home, 'real'))).toEqual([]);
  });

  test('lives only in a place of the user who runs', () => {
    expect(userCacheDirectory({ HOME: home }, uid)).toBe(path.join(home, '.cache/seaworthy'));
    expect(userCacheDirectory({ HOME: '/nowhere', XDG_CACHE_HOME: home }, uid)).toBe(path.join(home, 'seaworthy'));
    expect(userCacheDirectory({ HOME: home, SEAWORTHY_CODE_CACHE: 'off' }, uid)).toBeUndefined();
    expect(userCacheDirectory({ HOME: home }, uid + 1)).toBeUndefined();
    expect(userCacheDirectory({ HOME: home }, undefined)).toBeUndefined();
    expect(userCacheDirectory({ HOME: '/nowhere' }, uid)).toBeUndefined();
    expect(userCacheDirectory({ HOME: 'relative' }, uid)).toBeUndefined();
    expect(userCacheDirectory({}, uid)).toBeUndefined();
    fs.chmodSync(home, 0o777);
    expect(userCacheDirectory({ HOME: home }, uid)).toBeUndefined();
  });

  test('keeps the newest caches', () => {
    for (const [age, file] of ['a.v8', 'b.v8', 'c.v8', 'note.txt'].entries()) {
      fs.writeFileSync(path.join(home, file), '');
      fs.utimesSync(path.join(home, file), 1_000 - age, 1_000 - age);
    }
    pruneCache(home, 2);
    expect(fs.readdirSync(home).sort()).toEqual(['a.v8', 'b.v8', 'note.txt']);
    pruneCache(path.join(home, 'none'), 2);
  });
});

function overwrite(file: string, at: number, bytes: Buffer): void {
  const handle = fs.openSync(file, 'r+');
  fs.writeSync(handle, bytes, 0, bytes.length, at);
  fs.closeSync(handle);
}
