import fs from 'node:fs/promises';

/** The beginning of a file; undefined where there is none. */
export async function readText(path: string, maxBytes: number): Promise<string | undefined> {
  let file: fs.FileHandle;
  try {
    // A FIFO that nobody writes to would never open.
    file = await fs.open(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
  try {
    const bytes = Buffer.alloc(Math.min(maxBytes, 16 * 1024 * 1024));
    let length = 0;
    // Files below /proc say that they are empty, and give what they have piece by piece.
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.toString('utf8', 0, length);
  } finally {
    await file.close();
  }
}
