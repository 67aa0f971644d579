import fs from 'node:fs/promises';

/** Makes a file that is there longer by a hole, which takes no room. Never through a link. */
export async function swell(path: string, bytes: number): Promise<void> {
  const { O_WRONLY, O_NOFOLLOW } = fs.constants;
  const file = await fs.open(path, O_WRONLY | O_NOFOLLOW);
  try {
    const { size } = await file.stat();
    await file.truncate(size + bytes);
  } finally {
    await file.close();
  }
}
