import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** Everything about a folder that could be changed, line by line: names, kinds, owners, modes, times, contents. */
export function snapshot(folder: string): string[] {
  const lines: string[] = [];
  const look = (at: string) => {
    const stat = fs.lstatSync(at);
    const what = stat.isSymbolicLink()
      ? `-> ${fs.readlinkSync(at)}`
      : stat.isFile()
        ? createHash('sha256').update(fs.readFileSync(at)).digest('hex')
        : stat.isDirectory()
          ? 'folder'
          : 'special';
    lines.push(
      [
        path.relative(folder, at) || '.',
        stat.mode.toString(8),
        stat.uid,
        stat.gid,
        stat.ino,
        stat.mtimeMs,
        stat.ctimeMs,
        what,
      ].join(' '),
    );
    if (stat.isDirectory()) for (const name of fs.readdirSync(at).sort()) look(path.join(at, name));
  };
  look(folder);
  return lines;
}
