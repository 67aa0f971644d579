import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { TarFile } from '../../src/engine/container.ts';
import { readLayers } from '../../src/engine/image-layers.ts';
import { tarOf } from '../../src/engine/tar.ts';

async function bytesOf(files: readonly TarFile[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of tarOf(files)) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

const large = 'x'.repeat(3_000_000);
const first = () =>
  bytesOf([
    { name: './etc/secret', content: 'first', mode: 0o600, uid: 7, gid: 8 },
    { name: 'app/large', content: large },
  ]);
const second = () => bytesOf([{ name: 'bin/su', content: 'second', mode: 0o4755 }]);

async function seenIn(archive: readonly TarFile[], readContent = true) {
  const seen: unknown[] = [];
  const read = await readLayers(tarOf(archive), async ({ layer, path, mode, uid }, content) => {
    const said = readContent ? await text(content) : '';
    seen.push([layer, path, mode, uid, said.length > 100 ? said.length : said]);
  });
  return { seen, read };
}

test('the old form: a folder for each layer', async () => {
  const archive = [
    { name: 'aaa/VERSION', content: '1.0' },
    { name: 'aaa/layer.tar', content: await first() },
    { name: 'bbb/layer.tar', content: await second() },
    { name: 'manifest.json', content: '[]'.padEnd(2000) },
  ];
  expect(await seenIn(archive)).toEqual({
    read: { layers: 2, unread: [] },
    seen: [
      ['aaa/layer.tar', 'etc/secret', 0o600, 7, 'first'],
      ['aaa/layer.tar', 'app/large', 0o644, 0, 3_000_000],
      ['bbb/layer.tar', 'bin/su', 0o4755, 0, 'second'],
    ],
  });
});

test('contents may be left', async () => {
  const { seen } = await seenIn(
    [
      { name: 'aaa/layer.tar', content: await first() },
      { name: 'bbb/layer.tar', content: await second() },
    ],
    false,
  );
  expect(seen).toHaveLength(3);
});

test('the form of OCI: blobs, packed or not; what cannot be unpacked is told', async () => {
  const zstd = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), Buffer.alloc(1000)]);
  const archive = [
    { name: 'blobs/sha256/aa', content: gzipSync(await first()) },
    { name: 'blobs/sha256/bb', content: zstd },
    { name: 'blobs/sha256/cc', content: await second() },
    { name: 'index.json', content: '{}'.padEnd(3000) },
  ];
  const { read, seen } = await seenIn(archive);
  expect(read).toEqual({ layers: 2, unread: ['blobs/sha256/bb'] });
  expect(seen).toHaveLength(3);
});

test('what is no archive, or cut short, is an error', async () => {
  const whole = await bytesOf([{ name: 'aaa/layer.tar', content: await first() }]);
  const { Readable } = await import('node:stream');
  await expect(readLayers(Readable.from([whole.subarray(0, 100_000)]), async () => {})).rejects.toThrow();
  const packed = gzipSync(await first());
  await expect(
    seenIn([{ name: 'blobs/sha256/aa', content: packed.subarray(0, packed.length - 500) }]),
  ).rejects.toThrow();
});

test('what goes wrong while looking is passed on', async () => {
  const looking = readLayers(tarOf([{ name: 'aaa/layer.tar', content: await first() }]), async () => {
    throw new Error('no');
  });
  await expect(looking).rejects.toThrow('no');
});
