import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { treeEntries } from '../../src/engine/host-path.ts';
import { type TarEntry, tarOfEntries } from '../../src/engine/tar.ts';
import { mustRun } from '../house/engine/run.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-tar-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function unpacked(name: string, entries: Iterable<TarEntry>, extra: Parameters<typeof tarOfEntries>[1] = []) {
  const to = path.join(folder, `${name}-unpacked`);
  const archive = path.join(folder, `${name}.tar`);
  const chunks: Buffer[] = [];
  for await (const chunk of tarOfEntries(entries, extra) as AsyncIterable<Buffer>) chunks.push(chunk);
  fs.writeFileSync(archive, Buffer.concat(chunks));
  fs.mkdirSync(to);
  await mustRun('tar', ['-xpf', archive, '-C', to]);
  return to;
}

test('a folder with all that it holds, texts and folders beside it', async () => {
  const from = path.join(folder, 'from');
  fs.mkdirSync(path.join(from, 'a/b'), { recursive: true });
  fs.writeFileSync(path.join(from, 'a/b/c'), 'deep', { mode: 0o640 });
  fs.writeFileSync(path.join(from, 'empty'), '');
  fs.symlinkSync('a/b', path.join(from, 'link'));
  fs.chmodSync(path.join(from, 'a'), 0o711);
  const to = await unpacked('whole', treeEntries(from, 'root'), [
    { name: 'root/text', content: 'words', mode: 0o600 },
    { name: 'root/folder', content: '', isFolder: true },
  ]);
  expect(fs.readFileSync(path.join(to, 'root/a/b/c'), 'utf8')).toBe('deep');
  expect(fs.statSync(path.join(to, 'root/a/b/c')).mode & 0o777).toBe(0o640);
  expect(fs.statSync(path.join(to, 'root/a')).mode & 0o777).toBe(0o711);
  expect(fs.readlinkSync(path.join(to, 'root/link'))).toBe('a/b');
  expect(fs.readFileSync(path.join(to, 'root/empty'), 'utf8')).toBe('');
  expect(fs.statSync(path.join(to, 'root/text')).mode & 0o777).toBe(0o600);
  expect(fs.statSync(path.join(to, 'root/folder')).isDirectory()).toBe(true);
});

test('a folder that changes meanwhile: what is gone is left out, what grew or shrank has the size it had', async () => {
  const at = (name: string) => path.join(folder, name);
  fs.writeFileSync(at('first'), 'x'.repeat(1_000_000));
  fs.writeFileSync(at('gone'), 'gone');
  fs.writeFileSync(at('last'), 'last');
  function* living(): Generator<TarEntry> {
    yield { name: 'first', path: at('first') };
    fs.rmSync(at('gone'));
    yield { name: 'gone', path: at('gone') };
    yield { name: 'last', path: at('last') };
  }
  const to = await unpacked('living', living());
  expect(fs.readdirSync(to).sort()).toEqual(['first', 'last']);

  // Its size is told before it is read: /proc's files say 0 and hold more.
  const shrinks: TarEntry[] = [{ name: 'big', path: at('first') }];
  const archive = tarOfEntries(shrinks) as AsyncIterable<Buffer>;
  const chunks: Buffer[] = [];
  for await (const chunk of archive) {
    if (chunks.length === 0) fs.truncateSync(at('first'), 10);
    chunks.push(chunk);
  }
  // A header, the bytes it told of rounded up to blocks, two blocks of zeros.
  expect(Buffer.concat(chunks).length).toBe(512 + Math.ceil(1_000_000 / 512) * 512 + 1024);
});
