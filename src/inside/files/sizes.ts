import fs from 'node:fs/promises';
import path from 'node:path';

/** Size in bytes of the files in a folder, by name; folders and links left out. */
export async function sizes(folder: string): Promise<Readonly<Record<string, number>>> {
  const found: Record<string, number> = {};
  for (const name of await fs.readdir(folder)) {
    // A log may be rotated away between the two.
    const file = await fs.lstat(path.join(folder, name)).catch(() => undefined);
    if (file?.isFile()) found[name] = file.size;
  }
  return found;
}
