import fs from 'node:fs';
import path from 'node:path';

/**
 * V8's compiled form of our own files, kept between runs (Node 20 has no `module.enableCompileCache`).
 *
 * V8 itself refuses data made by another V8, other flags or another CPU, and compares the source's length, but it does
 * not notice damage: of 300 copies with one flipped bit it accepted 300, and one cut short as well (Node 20.20). So the
 * data carries a header of our own, and is read only from places nobody else can write to: running somebody else's
 * bytecode is running somebody else's program.
 */
export interface CacheKey {
  readonly chunk: string;
  /** Changes with every build whose code changed. */
  readonly buildId: string;
}

const magic = 0x53574343;
const headerBytes = 16;

/** `app-1a2b3c-v20.20.2-x64.v8` */
export function cacheFileName(key: CacheKey): string {
  return `${key.chunk}-${key.buildId}-${process.version}-${process.arch}.v8`;
}

/**
 * Where this user's cache may live, or undefined when no place is safe. Windows has no owner to check, so it has no
 * cache beyond the one made at build time.
 */
export function userCacheDirectory(env: NodeJS.ProcessEnv, uid: number | undefined): string | undefined {
  if (uid === undefined || env['SEAWORTHY_CODE_CACHE'] === 'off') return undefined;
  const xdg = env['XDG_CACHE_HOME'];
  const [anchor, base] = xdg ? [xdg, xdg] : [env['HOME'], path.join(env['HOME'] ?? '', '.cache')];
  // Under sudo, HOME may still be somebody else's: leave no root-owned folder there, and trust none of its files.
  if (!anchor || !path.isAbsolute(anchor) || !isPrivate(anchor, uid)) return undefined;
  return path.join(base, 'seaworthy');
}

/** The data, or undefined when there is none or it cannot be trusted. Never throws. */
export function readCache(file: string, uid: number | undefined): Buffer | undefined {
  let handle: number | undefined;
  try {
    handle = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0));
    const stat = fs.fstatSync(handle);
    if (!stat.isFile() || (uid !== undefined && !ownedBy(stat, uid))) return undefined;
    const all = Buffer.allocUnsafeSlow(stat.size);
    if (fs.readSync(handle, all, 0, stat.size, 0) !== stat.size || stat.size <= headerBytes) return undefined;
    const header = new Uint32Array(all.buffer, 0, headerBytes / 4);
    const data = all.subarray(headerBytes);
    return header[0] === magic && header[1] === data.length && header[2] === checksum(data) ? data : undefined;
  } catch {
    // Missing, unreadable or vanished: the program is compiled from its source, as without a cache.
    return undefined;
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}

/** Writes beside and renames, so that a reader never sees half a file. Never throws; false when nothing was written. */
export function writeCache(directory: string, name: string, data: Buffer, uid: number): boolean {
  const temporary = path.join(directory, `.${name}.${process.pid}`);
  try {
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (!isPrivate(directory, uid)) return false;
    const header = Buffer.alloc(headerBytes);
    new Uint32Array(header.buffer, header.byteOffset, headerBytes / 4).set([magic, data.length, checksum(data), 0]);
    const handle = fs.openSync(temporary, 'wx', 0o600);
    try {
      fs.writevSync(handle, [header, data]);
      fs.closeSync(handle);
      fs.renameSync(temporary, path.join(directory, name));
    } catch (cause) {
      fs.rmSync(temporary, { force: true });
      throw cause;
    }
    return true;
  } catch {
    // A full disk or a read-only home is no reason to fail a check that has already given its answer.
    return false;
  }
}

/** Caches of earlier builds and Node versions pile up: keep the newest. Never throws. */
export function pruneCache(directory: string, keep: number): void {
  try {
    fs.readdirSync(directory)
      .filter((name) => name.endsWith('.v8'))
      .map((name) => ({ name, age: fs.statSync(path.join(directory, name)).mtimeMs }))
      .sort((a, b) => b.age - a.age)
      .slice(keep)
      .forEach(({ name }) => {
        fs.rmSync(path.join(directory, name), { force: true });
      });
  } catch {
    // Another run may be pruning too.
  }
}

function isPrivate(directory: string, uid: number): boolean {
  try {
    const stat = fs.lstatSync(directory);
    return stat.isDirectory() && ownedBy(stat, uid);
  } catch {
    return false;
  }
}

function ownedBy(stat: fs.Stats, uid: number): boolean {
  return stat.uid === uid && (stat.mode & 0o022) === 0;
}

/** Eight words of each page: enough to see a lost or zeroed one; all of them would cost some ms of each start. */
function checksum(data: Uint8Array): number {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length >> 2);
  let sum = data.length;
  for (let at = 0; at < words.length; at += 128) sum = Math.imul(sum ^ (words[at] as number), 0x01000193);
  return Math.imul(sum ^ (words[words.length - 1] ?? 0), 0x01000193) >>> 0;
}
