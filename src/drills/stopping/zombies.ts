import type { ProcessSeen } from '../../inside/protocol.ts';
import type { Evidence } from '../../vocabulary/drill.ts';
import type { Lab, Subject } from '../lab.ts';

export interface Zombies {
  readonly evidence: readonly Evidence[];
  /** Empty where they do not grow. */
  readonly faults: readonly string[];
}

/** Counts them before, between and after bursts of requests, and runs of its own health check. */
export async function countZombies(lab: Lab, subject: Subject): Promise<Zombies> {
  lab.step('asking it, and counting zombies');
  const count = async () => (await lastingZombies(lab, subject)).length;
  const asked = [await count()];
  let requests = 0;
  for (let burst = 0; burst < 2; burst++) {
    requests += await someRequests(lab, subject);
    asked.push(await count());
  }
  const probed = [asked.at(-1)!];
  for (let round = 0; round < 2; round++) {
    let isTested = true;
    for (let time = 0; time < 3 && isTested; time++) isTested = (await subject.probe()) !== undefined;
    if (isTested) probed.push(await count());
  }
  const during = requests > 0 ? `${requests} requests` : '6 s';
  const [before = 0, after = 0] = [asked[0], asked.at(-1)];
  const [unprobed = 0, tested = 0] = [probed[0], probed.at(-1)];
  return {
    faults: [
      ...(keepsGrowing(asked)
        ? [`Zombies grow: ${after - before} more after ${during}, and nobody waits for them`]
        : []),
      ...(keepsGrowing(probed) ? [`Its health check leaves zombies: ${tested - unprobed} more after 6 runs`] : []),
    ],
    evidence: [
      { name: `zombies before and after ${during}`, value: `${before}, ${after}` },
      ...(probed.length > 1
        ? [{ name: 'zombies before and after 6 health checks', value: `${unprobed}, ${tested}` }]
        : []),
    ],
  };
}

/** For two seconds; how many were answered. Where nothing listens, three seconds of its own work. */
async function someRequests(lab: Lab, subject: Subject): Promise<number> {
  if (!(await subject.address())) {
    await lab.wait(3000);
    return 0;
  }
  const rate = Math.min(25, lab.settings.rate);
  const load = await subject.load({ seconds: 2, rate });
  lab.waited(2000);
  return (await load.result).total.answered;
}

const waitAdvice =
  'Wait for every child in the process that started it (or ignore SIGCHLD there): an init reaps only what others left behind';

/** Children of its own, or what those left behind: from outside they look alike where the app is process 1. */
export const zombieAdvice = ({ plan }: Subject): readonly string[] =>
  plan.body.HostConfig['Init'] === true ? [waitAdvice] : ['init: true', waitAdvice];

/** One that is a zombie now may be reaped in a moment; one that still is after this long is not being waited for. */
const patienceMs = 2000;

/** Numbers of the processes that ended at least 2 s ago, and for which nobody has waited. */
async function lastingZombies(lab: Lab, subject: Subject): Promise<readonly number[]> {
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
