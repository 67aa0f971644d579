import fs from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Header, type Pack, pack } from 'tar-stream';
import type { TarFile } from './container.ts';
import { field } from './endpoint.ts';

/** A file or folder on this machine, as it is to stand in an archive. */
export interface TarEntry {
  /** Path in the archive. */
  readonly name: string;
  /** Absolute path here. */
  readonly path: string;
  /** Overrides what the file system says. */
  readonly uid?: number;
  readonly gid?: number;
  readonly mode?: number;
}

/** Texts as an archive. */
export function tarOf(files: readonly TarFile[]): NodeJS.ReadableStream {
  const archive = pack();
  putTexts(archive, files);
  archive.finalize();
  return archive as unknown as NodeJS.ReadableStream;
}

/** Files of this machine as an archive, read one after another: contexts may be large. Links stay links. */
export function tarOfEntries(entries: Iterable<TarEntry>, extra: readonly TarFile[] = []): NodeJS.ReadableStream {
  const archive = pack();
  write(archive, entries, extra).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return archive as unknown as NodeJS.ReadableStream;
}

async function write(archive: Pack, entries: Iterable<TarEntry>, extra: readonly TarFile[]): Promise<void> {
  for (const { name, path, ...overrides } of entries) {
    const stat = fs.lstatSync(path, { throwIfNoEntry: false });
    // A live folder: what is gone by now was not there.
    if (!stat) continue;
    const header = {
      name,
      mode: overrides.mode ?? stat.mode & 0o7777,
      mtime: stat.mtime,
      uid: overrides.uid ?? stat.uid,
      gid: overrides.gid ?? stat.gid,
    };
    if (stat.isSymbolicLink()) archive.entry({ ...header, type: 'symlink', linkname: fs.readlinkSync(path) });
    else if (stat.isDirectory()) archive.entry({ ...header, type: 'directory' });
    else if (stat.isFile()) {
      if (stat.size === 0) archive.entry({ ...header, size: 0 }, '');
      else {
        const file = openOrGone(path);
        if (file === undefined) continue;
        await pipeline(
          exactly(fs.createReadStream(path, { fd: file, end: stat.size - 1 }), stat.size),
          archive.entry({ ...header, size: stat.size }) as unknown as NodeJS.WritableStream,
        );
      }
    }
    // Sockets, pipes and devices have no place in an archive for a container.
  }
  putTexts(archive, extra);
}

function openOrGone(path: string): number | undefined {
  try {
    return fs.openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * A file that grows or shrinks while it is read would spoil the archive, whose header has told its size: no more than
 * that is taken, and zeros are put for what is missing.
 */
async function* exactly(file: fs.ReadStream, size: number): AsyncGenerator<Buffer> {
  let missing = size;
  for await (const chunk of file as AsyncIterable<Buffer>) {
    missing -= chunk.length;
    yield chunk;
  }
  while (missing > 0) {
    const some = Math.min(missing, 65_536);
    missing -= some;
    yield Buffer.alloc(some);
  }
}

function putTexts(archive: Pack, files: readonly TarFile[]): void {
  for (const { name, content, isFolder = false, mode = isFolder ? 0o755 : 0o644, uid = 0, gid = 0 } of files)
    archive.entry({ name, mode, uid, gid, ...(isFolder ? { type: 'directory' as const } : {}) }, content);
}

/** What an archive says of an entry. */
export interface TarHeader {
  /** Without `./` or a slash in front. */
  readonly path: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
  readonly bytes: number;
  /** Permission bits, with set-user-ID and set-group-ID. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** It has file capabilities (capabilities(7)), which archives of Docker carry as an extended attribute. */
  readonly hasCapabilities: boolean;
}

/** Reads an archive once, entry by entry; what `visit` leaves of a content is skipped. Rejects for what is no archive. */
export async function eachEntry(
  archive: NodeJS.ReadableStream,
  visit: (header: TarHeader, content: Readable) => Promise<void>,
): Promise<void> {
  const reading = extract();
  // Its streams are those of streamx: made Node's own, so that all that Node has for streams works.
  reading.on('entry', (header, entry, next) => {
    const content = Readable.from(entry, { objectMode: false });
    visit(headerOf(header), content)
      .then(() => skipped(content))
      .then(() => next(), next);
  });
  await pipeline(archive, reading as unknown as NodeJS.WritableStream);
}

function headerOf({ name, type, size = 0, mode = 0, uid = 0, gid = 0, pax }: Header): TarHeader {
  const kinds = {
    file: 'file',
    'contiguous-file': 'file',
    directory: 'folder',
    link: 'link',
    symlink: 'link',
  } as const;
  return {
    path: name.replace(/^(?:\.?\/)+/, ''),
    type: kinds[(type ?? 'file') as keyof typeof kinds] ?? 'other',
    bytes: size,
    mode: mode & 0o7777,
    uid,
    gid,
    hasCapabilities: field(pax, 'SCHILY.xattr.security.capability') !== undefined,
  };
}

async function skipped(content: Readable): Promise<void> {
  if (content.readableEnded || content.destroyed) return;
  for await (const _ of content);
}
