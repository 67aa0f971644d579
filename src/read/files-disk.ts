import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Entry, Files, ReadOutcome } from './files.ts';

/** 16 MiB: 800 times the largest file of 1,000 public Dockerfiles and 16 stacks, and still read in some 20 ms. */
const defaultLimitBytes = 16 * 1024 * 1024;
/** As Git decides it: a NUL among the first 8,000 bytes. UTF-16 text is binary by this too; Docker cannot read it either. */
const binaryProbeBytes = 8000;

type Missed = Extract<ReadOutcome, { ok: false }>['reason'];

/**
 * A project's directory. Never writes, never opens anything but regular files and directories, never waits: a FIFO, a
 * socket or a device is `unreadable` without being opened.
 */
export function diskFiles(root: string, options: { readonly limitBytes?: number } = {}): Files {
  const limitBytes = options.limitBytes ?? defaultLimitBytes;
  const rootPath = resolve(root);
  const realRoot = realOf(rootPath) ?? rootPath;
  const places: { readonly named: string; readonly real: string }[] = [{ named: rootPath, real: realRoot }];

  /** The real path behind a path of the project, or why it must not be looked at. */
  function locate(path: string): { real: string } | { missed: Missed } {
    if (path.includes('\0')) return { missed: 'missing' };
    const named = resolve(rootPath, path);
    if (!places.some((place) => within(named, place.named))) return { missed: 'outside' };
    let real: string;
    try {
      real = realpathSync.native(named);
    } catch (error) {
      return { missed: reasonOf(error) };
    }
    // A link may lead anywhere: what counts is where it ends.
    return places.some((place) => within(real, place.real)) ? { real } : { missed: 'outside' };
  }

  return {
    root: rootPath,
    read(path) {
      const found = locate(path);
      if ('missed' in found) return { ok: false, reason: found.missed };
      try {
        return readText(found.real, limitBytes);
      } catch (error) {
        return { ok: false, reason: reasonOf(error) };
      }
    },
    kind(path) {
      const found = locate(path);
      if ('missed' in found) return found.missed === 'missing' ? 'missing' : 'other';
      try {
        const stat = statSync(found.real);
        return stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
      } catch (error) {
        return reasonOf(error) === 'missing' ? 'missing' : 'other';
      }
    },
    list(path) {
      const found = locate(path);
      if ('missed' in found) return [];
      try {
        return readdirSync(found.real, { withFileTypes: true })
          .map((entry) => ({ name: entry.name, kind: entryKind(entry) }))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
      } catch {
        return []; // not a directory, or not ours to read: `kind` tells which
      }
    },
    allow(path) {
      if (path.includes('\0')) return;
      const named = resolve(rootPath, path);
      if (places.some((place) => place.named === named)) return;
      // Links on the way to it are how the machine is set up (`/var` on macOS); a link at its very end is followed only
      // into a place that is allowed by itself.
      const parent = realOf(dirname(named)) ?? dirname(named);
      places.push({ named, real: join(parent, basename(named)) });
    },
  };
}

function readText(path: string, limitBytes: number): ReadOutcome {
  const before = statSync(path);
  if (before.isDirectory()) return { ok: false, reason: 'directory' };
  if (!before.isFile()) return { ok: false, reason: 'unreadable' };
  if (before.size > limitBytes) return { ok: false, reason: 'too-large' };
  // O_NONBLOCK: were the file swapped for a FIFO just now, opening it would wait for a writer for ever.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { ok: false, reason: 'unreadable' };
    const bytes = readBounded(descriptor, stat.size, limitBytes);
    if (bytes === undefined) return { ok: false, reason: 'too-large' };
    if (bytes.subarray(0, binaryProbeBytes).includes(0)) return { ok: false, reason: 'binary' };
    const text = bytes.toString('utf8'); // keeps the byte order mark, and puts U+FFFD for what is not UTF-8
    return isUtf8(bytes) ? { ok: true, text } : { ok: true, text, brokenUtf8: true };
  } finally {
    closeSync(descriptor);
  }
}

/** To the end of the file, whatever size it claims: files under /proc say 0. Undefined when it goes on past the limit. */
function readBounded(descriptor: number, sizeBytes: number, limitBytes: number): Buffer | undefined {
  let buffer = Buffer.allocUnsafe(Math.min(Math.max(sizeBytes, 4096), limitBytes) + 1);
  let filled = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, filled, buffer.length - filled, null);
    if (count === 0) return buffer.subarray(0, filled);
    filled += count;
    if (filled > limitBytes) return undefined;
    if (filled === buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(buffer.length * 2, limitBytes + 1));
      buffer.copy(larger, 0, 0, filled);
      buffer = larger;
    }
  }
}

function within(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined; // missing or not ours to enter: the path as named is all there is to compare with
  }
}

function entryKind(entry: Dirent): Entry['kind'] {
  if (entry.isSymbolicLink()) return 'symlink';
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
}

function reasonOf(error: unknown): Missed {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return 'missing';
  return code === 'EISDIR' ? 'directory' : 'unreadable';
}
