import type { ProcessSeen } from '../inside/protocol.ts';
import type { Lab, Subject } from './lab.ts';

/** One that is a zombie now may be reaped in a moment; one that still is after this long is not being waited for. */
const patienceMs = 2000;

/** Numbers of the processes that ended at least 2 s ago, and for which nobody has waited. */
export async function lastingZombies(lab: Lab, subject: Subject): Promise<readonly number[]> {
  const look = async () => zombiesIn(await (await subject.inside()).processes());
  const before = await look();
  if (before.length === 0) return [];
  await lab.wait(patienceMs);
  const after = new Set(await look());
  return before.filter((pid) => after.has(pid));
}

const zombiesIn = (processes: readonly ProcessSeen[]): number[] =>
  processes.filter(({ state }) => state === 'Z').map(({ pid }) => pid);

/**
 * Whether counts taken after each of several equal efforts (the first: before any) tell of zombies that are left behind again and
 * again. Some programs leave one until they start the next child (Python's subprocess), so a few that stay are no sign.
 */
export function keepsGrowing(counts: readonly number[]): boolean {
  const grew = counts.slice(1).every((count, index) => count > counts[index]!);
  return counts.length >= 3 && grew && counts.at(-1)! - counts[0]! >= 4;
}
