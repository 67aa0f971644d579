import { randomFillSync } from 'node:crypto';
import { tell } from './told.ts';

const step = 1024 * 1024;

/** Takes memory in steps of 1 MiB and keeps it. */
export function eatMemory(bytes: number, perSecond: number): void {
  const kept: Buffer[] = [];
  const began = performance.now();
  let taken = 0;
  const more = () => {
    const due = Math.min(bytes, ((performance.now() - began) / 1000) * perSecond + step);
    while (taken < due) {
      const block = Buffer.allocUnsafeSlow(Math.min(step, bytes - taken));
      // Written, so that it is there; at random, so that no compression makes it less.
      randomFillSync(block);
      kept.push(block);
      taken += block.length;
      // Each step at once: it may be the last before the kernel kills, and what was taken is what is asked.
      tell({ taken });
    }
    if (taken < bytes) setTimeout(more, 20);
  };
  more();
}
