import fs from 'node:fs/promises';
import path from 'node:path';

/** Enough for any service that was started a minute ago. */
const mostEntries = 20_000;

/** What a service may lose without harm: logs, caches, what is temporary. And what a drill fills the disk with. */
const bestEffort = /(?:^|[/_.-])(?:logs?|caches?|tmp|temp|sessions?|seaworthy-fill)(?=$|[/_.-])/i;

/** Bytes of all files below a folder that are there to be kept; follows no link. */
export async function weigh(folder: string): Promise<number> {
  let bytes = 0;
  let entries = 0;
  const folders = [folder];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    // It may have gone meanwhile, as may the files.
    for (const entry of await fs.readdir(at, { withFileTypes: true }).catch(() => [])) {
      if (++entries > mostEntries) return bytes;
      const file = path.join(at, entry.name);
      if (bestEffort.test(path.relative(folder, file))) continue;
      if (entry.isDirectory()) folders.push(file);
      else if (entry.isFile()) bytes += (await fs.lstat(file).catch(() => undefined))?.size ?? 0;
    }
  }
  return bytes;
}
