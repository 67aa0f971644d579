import fs from 'node:fs';
import path from 'node:path';
import type { RaisingFile } from '../protocol.ts';

/**
 * Set-user-ID and set-group-ID programs below a root, such as `/proc/1/root`; on that file system only, links not
 * followed. `whole` is false where there was more than `most` entries to look at.
 */
export async function raisingFiles(
  root: string,
  most: number,
): Promise<{ readonly files: readonly RaisingFile[]; readonly looked: number; readonly whole: boolean }> {
  const files: RaisingFile[] = [];
  const { dev } = await fs.promises.stat(root);
  const waiting = ['/'];
  let looked = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    // One that is removed while we walk is not there.
    const names = await fs.promises.readdir(path.join(root, folder)).catch(() => []);
    for (const name of names) {
      if (looked++ >= most) return { files, looked, whole: false };
      const at = path.posix.join(folder, name);
      const seen = fs.lstatSync(path.join(root, at), { throwIfNoEntry: false });
      // Another file system: mounted by the engine or the host, and looked at there.
      if (!seen || seen.dev !== dev) continue;
      if (seen.isDirectory()) waiting.push(at);
      else if (seen.isFile() && isRaising(seen.mode)) {
        const setuid = (seen.mode & 0o4000) !== 0;
        files.push({
          path: at,
          setuid,
          setgid: !setuid || isGroupRaising(seen.mode),
          uid: seen.uid,
          gid: seen.gid,
          mode: seen.mode & 0o7777,
        });
      }
    }
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), looked, whole: true };
}

const isRaising = (mode: number) => ((mode & 0o4000) !== 0 && (mode & 0o111) !== 0) || isGroupRaising(mode);
/** Without the group's right to execute it the bit means something else (mandatory locks, inode(7)). */
const isGroupRaising = (mode: number) => (mode & 0o2010) === 0o2010;
