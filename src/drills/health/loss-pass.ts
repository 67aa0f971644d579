import type { Lab, Subject } from '../lab.ts';
import { crowdOf } from './crowd.ts';
import type { RunningDependency } from './dependencies.ts';
import { isolated } from './health-outages.ts';
import { HealthWatch } from './health-watch.ts';
import { crowded, looksMeanwhile } from './loss-meanwhile.ts';
import type { Loss } from './loss-verdict.ts';
import { servesWell, speaksHttp } from './served.ts';

/** And so much longer when it has ended once: the next time may come after a timeout of its own. */
const loopMs = 20_000;
/** How long it may take until it serves again, once the dependency is back. */
export const recoveryMs = 30_000;
/** How old a sign of life may be that a health test still believes: ten seconds or fifteen are usual. */
export const settleMs = 20_000;
/** Then it must pass within this time: one failure may be chance. */
const graceMs = 10_000;

/** Takes one dependency away, and looks what becomes of the service, until it serves again or is given up. */
export async function lose(
  lab: Lab,
  subject: Subject,
  { subject: dependency }: RunningDependency,
  how: Loss['how'],
): Promise<Loss> {
  const watch = new HealthWatch(subject.container);
  let servedBefore = await servesWell(lab, subject, 60_000);
  if (servedBefore) {
    // Its front page may need what its health route does not.
    await subject.meet();
    servedBefore = await servesWell(lab, subject, 10_000);
  }
  if (!servedBefore) return { ...nothing(dependency.name, how), servedBefore };
  const isHttp = await speaksHttp(subject);
  const testedBefore = (await subject.probe().catch(() => undefined))?.ok === true;
  await watch.look();
  const restartsBefore = watch.restarts;
  const began = performance.now();
  let comeBack: () => Promise<void>;
  try {
    lab.step(`${how === 'killed' ? 'killing' : 'cutting off'} ${dependency.name}`);
    comeBack = await taken(dependency, how);
  } catch (error) {
    return { ...nothing(dependency.name, how), notDone: error instanceof Error ? error.message : 'it cannot be done' };
  }
  const [away] = await Promise.all([looksMeanwhile(lab, subject), isHttp ? crowded(lab, subject) : undefined]);
  await watch.look();
  // It ended once: whether that is a loop shows when it is tried again.
  if (watch.restarts - restartsBefore === 1)
    await lab.until(loopMs, async () => (await watch.look()) && watch.restarts - restartsBefore > 1, 250);
  lab.step(`bringing ${dependency.name} back`);
  await comeBack();
  const goneMs = performance.now() - began;
  const returned = performance.now();
  const isBack = await servesWell(lab, subject, recoveryMs);
  const waitedMs = performance.now() - returned;
  const restarts = await watch.look().then(() => watch.restarts - restartsBefore);
  const isDown = !isBack && !watch.running && !watch.isRestarting;
  const isFine = isBack && restarts === 0;
  return {
    dependency: dependency.name,
    how,
    servedBefore,
    testedBefore,
    ...away,
    awayMs: goneMs,
    restarts,
    isDown,
    recoveredMs: isBack ? waitedMs : undefined,
    waitedMs,
    lastWords: isFine ? '' : await lastWords(subject),
  };
}

/**
 * A worker that is dead passes its health test until its last sign of life is too old, and so may a service whose
 * threads have ended behind a port that answers: once all is back, it must still pass after a while.
 */
export async function afterwards(lab: Lab, subject: Subject, seen: readonly Loss[], how: Loss['how']): Promise<Loss[]> {
  if (!seen.some(({ testedBefore }) => testedBefore)) return [];
  let isLate = false;
  const passes = async () => {
    const probe = await subject.probe().catch(() => undefined);
    isLate = probe?.timedOut === true;
    return probe?.ok === true;
  };
  const began = performance.now();
  lab.step('waiting whether it stays well');
  await lab.wait(settleMs);
  if (await lab.until(graceMs, passes, 500)) return [];
  // A busy machine makes probes late; what is dead is told at once.
  if (isLate && (await crowdOf(lab)) !== undefined) return [];
  const loss = seen.at(-1)!;
  const dependency = seen.map((one) => one.dependency).join(', ');
  return [
    {
      ...loss,
      dependency,
      how,
      askedBy: 'its health test',
      recoveredMs: undefined,
      waitedMs: performance.now() - began,
      lastWords: await lastWords(subject),
    },
  ];
}

async function taken(dependency: Subject, how: Loss['how']): Promise<() => Promise<void>> {
  if (how === 'cut off') return isolated(dependency);
  await dependency.container.kill('SIGKILL');
  await dependency.container.wait();
  return async () => {
    await dependency.start();
    await dependency.ready();
  };
}

const nothing = (dependency: string, how: Loss['how']): Loss => ({
  dependency,
  how,
  askedBy: '',
  servedBefore: true,
  awayMs: 0,
  looks: 0,
  answered: 0,
  slowestMs: 0,
  restarts: 0,
  isDown: false,
  recoveredMs: 0,
  waitedMs: 0,
  lastWords: '',
});

async function lastWords(subject: Subject): Promise<string> {
  const log = await subject.container.logs({ tail: 6 }).catch(() => '');
  return log.trim();
}
