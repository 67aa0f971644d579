import fs from 'node:fs';
import path from 'node:path';

export interface CopyLimits {
  readonly bytes: number;
  readonly entries: number;
}

/** What was copied. Sockets, pipes and devices are not. */
export interface Copied {
  readonly entries: number;
  readonly bytes: number;
}

/**
 * A file, or a folder with all below it, to a place that need not be there: owners, modes, times, links and hard links
 * stay; extended attributes and holes do not. What vanishes meanwhile is left out. Throws when there is more than the
 * limits allow; what was copied until then stays.
 */
export function copyTree(from: string, to: string, limits: CopyLimits): Copied {
  const linked = new Map<string, string>();
  let bytes = 0;
  let entries = 0;

  function copy(source: string, target: string): void {
    const stat = seen(() => fs.lstatSync(source, { bigint: true }));
    if (!stat) return;
    entries++;
    bytes += stat.isFile() ? Number(stat.size) : 0;
    if (entries > limits.entries || bytes > limits.bytes)
      throw new Error(`more than ${limits.entries} files or ${limits.bytes} bytes`);
    if (stat.isSymbolicLink()) {
      const leadsTo = seen(() => fs.readlinkSync(source));
      if (leadsTo === undefined) return;
      fs.symlinkSync(leadsTo, target);
    } else if (stat.isDirectory()) {
      fs.mkdirSync(target, { recursive: true });
      for (const name of seen(() => fs.readdirSync(source)) ?? [])
        copy(path.join(source, name), path.join(target, name));
    } else if (stat.isFile()) {
      const id = `${stat.dev}:${stat.ino}`;
      const twin = stat.nlink > 1n ? linked.get(id) : undefined;
      if (twin !== undefined) {
        fs.linkSync(twin, target);
        return;
      }
      if (!seen(() => (fs.copyFileSync(source, target, fs.constants.COPYFILE_FICLONE), true))) return;
      if (stat.nlink > 1n) linked.set(id, target);
    } else return;
    fs.lchownSync(target, Number(stat.uid), Number(stat.gid));
    // After the owner: a change of that takes set-user-id away.
    if (!stat.isSymbolicLink()) fs.chmodSync(target, Number(stat.mode & 0o7777n));
    fs.lutimesSync(target, Number(stat.atimeNs) / 1e9, Number(stat.mtimeNs) / 1e9);
  }

  copy(from, to);
  return { entries, bytes };
}

/** Undefined for what is not there any more. */
function seen<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** `copy FROM TO BYTES ENTRIES`: tells what came of it as one line of JSON, and leaves with 1 where it failed. */
export function runCopy([from = '', to = '', bytes = '', entries = '']: readonly string[]): void {
  try {
    console.log(JSON.stringify(copyTree(from, to, { bytes: Number(bytes), entries: Number(entries) })));
  } catch (error) {
    console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
    process.exitCode = 1;
  }
}
