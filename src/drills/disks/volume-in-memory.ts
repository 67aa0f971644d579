import type { EngineInfo } from '../../engine/engine.ts';

/** What the kernel counts a tmpfs in. Machines with larger pages get a larger volume, at most 16 times. */
const pageBytes = 4096;

/**
 * A named volume that is a tmpfs of at most so many bytes, for `POST /volumes/create`. Podman takes `size` for a quota of
 * its own disk, of whatever type the volume is, and refuses it where its file system has no project quotas (measured with
 * 4.3.1); `nr_blocks` says the same in pages (https://docs.kernel.org/filesystems/tmpfs.html), and it leaves that alone.
 */
export function volumeInMemory(bytes: number, { isPodman }: Pick<EngineInfo, 'isPodman'>) {
  const o = isPodman ? `nr_blocks=${Math.ceil(bytes / pageBytes)}` : `size=${bytes}`;
  return { Driver: 'local', DriverOpts: { type: 'tmpfs', device: 'tmpfs', o } };
}
