import fs from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Writes lines to what a process has open, as if it had logged them, until so many bytes are written, the last line whole. Ends early where
 * nobody reads them for 10 s.
 */
export async function writeLines(
  pid: number,
  fd: number,
  { bytes, line }: { readonly bytes: number; readonly line: string },
): Promise<{ readonly written: number }> {
  const one = Buffer.from(`${line.replace(/[\r\n]+/g, ' ')}\n`, 'utf8');
  // Whole lines, so that two writers do not meet within one; and at most what a pipe takes at once.
  const block = Buffer.concat(Array.from({ length: Math.max(1, Math.floor(4096 / one.length)) }, () => one));
  // A pipe that is opened anew is nobody else's: that it does not block is known to this program alone.
  const file = await fs.open(
    `/proc/${pid}/fd/${fd}`,
    fs.constants.O_WRONLY | fs.constants.O_NONBLOCK | fs.constants.O_APPEND,
  );
  const wanted = Math.ceil(bytes / one.length) * one.length;
  let written = 0;
  let stuckSince = performance.now();
  try {
    while (written < wanted && performance.now() - stuckSince < 10_000) {
      const rest = written % block.length;
      const more = await file.write(block, rest, Math.min(block.length - rest, wanted - written)).catch(pause);
      written += more.bytesWritten;
      if (more.bytesWritten > 0) stuckSince = performance.now();
    }
    return { written };
  } finally {
    await file.close();
  }
}

/** A full pipe. */
async function pause(error: unknown): Promise<{ readonly bytesWritten: number }> {
  if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
  await wait(5);
  return { bytesWritten: 0 };
}
