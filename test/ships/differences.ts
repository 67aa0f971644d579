import fs from 'node:fs';
import path from 'node:path';
import { diffHunks } from '../../src/fix/unified-diff.ts';

/** Lines that only one of two folders has, `+` or `-` before each; but for what a ship says of itself. */
export async function differences(before: string, after: string): Promise<readonly string[]> {
  const files = [...new Set([...filesIn(before), ...filesIn(after)])].sort();
  const lines: string[] = [];
  for (const file of files)
    for (const hunk of await diffHunks(textOf(before, file), textOf(after, file)))
      for (const { sign, text } of hunk.lines)
        if ('+-'.includes(sign) && !/^(?:# |x-ship:)/.test(text)) lines.push(`${sign} ${file}: ${text}`);
  return lines;
}

function filesIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)));
}

function textOf(folder: string, file: string): string {
  const place = path.join(folder, file);
  return fs.existsSync(place) ? fs.readFileSync(place, 'utf8') : '';
}
