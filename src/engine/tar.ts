import fs from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import type { TarFile } from './container.ts';

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
    const stat = fs.lstatSync(path);
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
      // A file that grows while it is read would spoil the archive: no more than its size is taken.
      if (stat.size === 0) archive.entry({ ...header, size: 0 }, '');
      else
        await pipeline(
          fs.createReadStream(path, { end: stat.size - 1 }),
          archive.entry({ ...header, size: stat.size }) as unknown as NodeJS.WritableStream,
        );
    }
    // Sockets, pipes and devices have no place in an archive for a container.
  }
  putTexts(archive, extra);
}

function putTexts(archive: Pack, files: readonly TarFile[]): void {
  for (const { name, content, isFolder = false, mode = isFolder ? 0o755 : 0o644, uid = 0, gid = 0 } of files)
    archive.entry({ name, mode, uid, gid, ...(isFolder ? { type: 'directory' as const } : {}) }, content);
}
