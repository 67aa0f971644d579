import { setTimeout as sleep } from 'node:timers/promises';
import { statusOf } from './docker.ts';

/**
 * A listing, tried again where the engine fails at it. Podman looks at each object one after the other, and fails the whole
 * when somebody removes one meanwhile: `image not known` (measured with 4.3.1 and three runs at the same time).
 */
export async function listed<T>(call: () => Promise<T>): Promise<T> {
  for (let left = 4; ; left--)
    try {
      return await call();
    } catch (error) {
      if (statusOf(error) !== 500 || left === 0) throw error;
      await sleep(200);
    }
}
