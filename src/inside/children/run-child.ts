import { joinCgroup } from '../cgroup/join-cgroup.ts';
import { burn } from './burn.ts';
import { crowd } from './crowd.ts';
import { eatMemory } from './eat-memory.ts';
import { tell } from './told.ts';

/** A child by its words: `eat-memory BYTES PER_SECOND FOLDER…`. Ends when the helper does. */
export function runChild([what, ...given]: readonly string[]): void {
  let endAll: () => Promise<unknown> = () => Promise.resolve();
  const end = () => void endAll().then(() => process.exit(0));
  process.stdin.on('end', end).on('error', end).resume();
  process.stdout.on('error', end);
  const numbers = what === 'eat-memory' ? 2 : 1;
  const [first = 0, second = 0] = given.slice(0, numbers).map(Number);
  try {
    joinCgroup(given.slice(numbers));
  } catch (error) {
    tell({ fault: error instanceof Error ? error.message : String(error) });
    return;
  }
  tell({ joined: true });
  if (what === 'eat-memory') eatMemory(first, second);
  else if (what === 'crowd') endAll = crowd(first);
  else burn(first);
}
