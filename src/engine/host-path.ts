import fs from 'node:fs';
import path from 'node:path';
import type { TarEntry } from './tar.ts';

/** What a path of this machine is, links followed. Nothing is opened. */
export interface HostPath {
  /** Where the links end; for what is missing, where it would be. */
  readonly real: string;
  readonly kind:
    | 'missing'
    | 'file'
    | 'directory'
    | 'socket'
    | 'pipe'
    | 'block-device'
    | 'character-device'
    /** This user may not look. */
    | 'closed';
}

/** What lies below a path. */
export interface HostTree {
  readonly bytes: number;
  readonly entries: number;
  /** Sockets, named pipes and block devices: they work through a read-only mount, too. The first few. */
  readonly doors: readonly string[];
  /** The first that this user may not read. */
  readonly closed: string | undefined;
  /** More than the limits were met, and it was not looked further. */
  readonly isTooLarge: boolean;
}

export interface TreeLimits {
  /** Whether it goes on into file systems that are mounted below. */
  readonly crosses: boolean;
  readonly bytes: number;
  readonly entries: number;
}

/** This machine, to those who only look. A table takes its place in tests. */
export interface Host {
  look(at: string): HostPath;
  survey(real: string, limits: TreeLimits): HostTree;
}

export const thisHost: Host = { look, survey };

function look(at: string): HostPath {
  try {
    const real = fs.realpathSync.native(at);
    return { real, kind: kindOf(fs.statSync(real)) };
  } catch (error) {
    if (!isMissing(error)) return { real: path.resolve(at), kind: 'closed' };
  }
  // A link to nothing is nothing: the engine would make a directory where it leads to.
  const parent = path.dirname(path.resolve(at));
  if (parent === path.resolve(at)) return { real: parent, kind: 'missing' };
  return { real: path.join(look(parent).real, path.basename(at)), kind: 'missing' };
}

function kindOf(stat: fs.Stats): HostPath['kind'] {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'directory';
  if (stat.isSocket()) return 'socket';
  if (stat.isFIFO()) return 'pipe';
  return stat.isBlockDevice() ? 'block-device' : 'character-device';
}

/** Level by level, so that what lies near the top is seen even where there is too much to see it all. */
function survey(real: string, limits: TreeLimits): HostTree {
  const doors: string[] = [];
  let bytes = 0;
  let entries = 0;
  let closed: string | undefined;
  const result = (isTooLarge: boolean): HostTree => ({ bytes, entries, doors, closed, isTooLarge });
  const device = statOf(real)?.dev;
  let level = [real];
  while (level.length > 0) {
    const next: string[] = [];
    for (const at of level) {
      const stat = statOf(at);
      if (!stat) continue;
      entries++;
      if (entries > limits.entries || bytes > limits.bytes) return result(true);
      if (stat.isDirectory()) {
        if (!limits.crosses && stat.dev !== device) continue;
        const names = namesIn(at);
        if (names) for (const name of names) next.push(path.join(at, name));
        else closed ??= at;
      } else if (stat.isFile()) {
        bytes += stat.size;
        if (!mayRead(at)) closed ??= at;
      } else if ((stat.isSocket() || stat.isFIFO() || stat.isBlockDevice()) && doors.length < 5) doors.push(at);
    }
    level = next;
  }
  return result(bytes > limits.bytes);
}

/** A file, or a folder with all below it, as entries of an archive under `name`. */
export function* treeEntries(real: string, name: string): Generator<TarEntry> {
  const waiting = [{ at: real, name }];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    yield { name: one.name, path: one.at };
    if (!statOf(one.at)?.isDirectory()) continue;
    for (const child of namesIn(one.at) ?? [])
      waiting.push({ at: path.join(one.at, child), name: path.posix.join(one.name, child) });
  }
}

/** What vanishes while we look was not there. */
function statOf(at: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(at);
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): string[] | undefined {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    return isMissing(error) ? [] : undefined;
  }
}

function mayRead(at: string): boolean {
  try {
    fs.accessSync(at, fs.constants.R_OK);
    return true;
  } catch (error) {
    return isMissing(error);
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
