import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { eachEntry, type TarHeader } from './tar.ts';

/** A file as a layer of an image has it; it may be gone or other in the layers above. */
export interface LayerFile extends TarHeader {
  /** Of its layer in the saved archive. */
  readonly layer: string;
}

export interface LayersRead {
  readonly layers: number;
  /** Layers that could not be read: packed with zstd, which Node 20 has not. */
  readonly unread: readonly string[];
}

/**
 * Goes through every file of every layer of a saved image (`docker save`, `GET /images/{name}/get`), in the old form
 * (`ID/layer.tar`) and that of OCI (`blobs/sha256/…`, also gzipped). `visit` reads the whole content or none of it.
 * Nothing is kept: layers are read as they come.
 */
export async function readLayers(
  archive: NodeJS.ReadableStream,
  visit: (file: LayerFile, content: Readable) => Promise<void>,
): Promise<LayersRead> {
  let layers = 0;
  const unread: string[] = [];
  await eachEntry(archive, async ({ path: layer, type, bytes }, content) => {
    if (type !== 'file' || bytes < 512) return;
    const kind = await kindOf(content);
    if (kind === 'zstd') unread.push(layer);
    if (kind !== 'tar' && kind !== 'gzip') return;
    layers++;
    // What goes wrong in one end shows in the other.
    const tar = kind === 'gzip' ? pipeline(content, createGunzip(), () => undefined) : content;
    await eachEntry(tar, (header, inner) => visit({ ...header, layer }, inner));
  });
  return { layers, unread };
}

/** By its first bytes, which stay in the stream. */
async function kindOf(content: Readable): Promise<'tar' | 'gzip' | 'zstd' | 'other'> {
  const head = await firstBytes(content, 265);
  content.unshift(head);
  if (head.toString('latin1', 257, 262) === 'ustar') return 'tar';
  if (head.readUInt16BE(0) === 0x1f8b) return 'gzip';
  if (head.readUInt32LE(0) === 0xfd2fb528) return 'zstd';
  return 'other';
}

function firstBytes(content: Readable, count: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    const stop = () => {
      content.off('readable', take);
      content.off('end', done);
      content.off('error', reject);
    };
    const done = () => {
      stop();
      resolve(Buffer.concat(parts));
    };
    const take = () => {
      for (let chunk: Buffer | null = content.read(); chunk !== null; chunk = content.read()) {
        parts.push(chunk);
        length += chunk.length;
        if (length >= count) return done();
      }
    };
    content.on('readable', take);
    content.on('end', done);
    content.on('error', reject);
  });
}
