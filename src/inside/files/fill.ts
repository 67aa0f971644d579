import fs from 'node:fs/promises';

/**
 * Writes a new file until so many bytes are written or the disk is full. Never into a file that is there, and never
 * through a link, which below `/proc/PID/root` would lead into the helper's own file system.
 */
export async function fill(path: string, bytes: number): Promise<{ readonly written: number; readonly full: boolean }> {
  const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = fs.constants;
  const file = await fs.open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o644);
  // Not zeros: a file system that compresses would swallow any number of them.
  const block = Buffer.alloc(1024 * 1024, 'seaworthy');
  let written = 0;
  try {
    while (written < bytes) {
      const { bytesWritten } = await file.write(block, 0, Math.min(block.length, bytes - written));
      written += bytesWritten;
    }
    // Some file systems know only now.
    await file.sync();
    return { written, full: false };
  } catch (error) {
    if (isFull(error)) return { written, full: true };
    throw error;
  } finally {
    await file.close().catch(() => {});
  }
}

const isFull = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
