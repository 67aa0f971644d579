import { InsideGone } from '../../inside/inside-gone.ts';
import type { Evidence } from '../../vocabulary/drill.ts';
import type { Lab, Subject } from '../lab.ts';
import { givingUp, lifeOf } from './crash.ts';
import { type Family, familyOf, lasting, shownProcess } from './family.ts';
import { servesAgain } from './serves-again.ts';

/** The app where it stands below a wrapper, by two looks a second apart; undefined where process 1 is the app itself. */
export async function appBelow(lab: Lab, subject: Subject): Promise<Family | undefined> {
  const inside = await subject.inside();
  const early = await inside.processes();
  await lab.wait(1000);
  const family = familyOf(lasting(early, await inside.processes()));
  return family && family.apps.length > 0 ? family : undefined;
}

/**
 * Kills the app below process 1. Well is, as long as it serves afterwards: the container ends with it and is restarted, or
 * process 1 starts the app anew. Returns what is wrong; adds what was seen to the evidence.
 */
export async function killApp(
  lab: Lab,
  subject: Subject,
  { first, apps }: Family,
  patienceMs: number,
  evidence: Evidence[],
): Promise<string | undefined> {
  const app = apps.map(shownProcess).join(', ');
  const pids = new Set(apps.map(({ pid }) => pid));
  evidence.push({ name: 'process 1', value: shownProcess(first) }, { name: 'the app below it', value: app });
  const life = await lifeOf(subject);
  const began = performance.now();
  try {
    await (await subject.inside()).signal([...pids], 'SIGKILL');
  } catch (error) {
    // Where the container ends with the app, the helper in its process namespace may go before it has answered.
    if (!(error instanceof InsideGone)) throw error;
  }
  const gaveUp = givingUp(lab.engine);
  let isAnew = false;
  await lab.until(
    // It need only be there, not ready.
    Math.min(patienceMs, 25_000),
    async () => {
      const { state, pid } = await subject.container.inspect();
      if (gaveUp(state)) return true;
      if (state.status !== 'running' || pid === 0) return false;
      isAnew = pid !== life || (await hasNewApp(subject, pids));
      return isAnew;
    },
    200,
  );
  if (!isAnew) {
    const { state } = await subject.container.inspect();
    return state.status === 'running'
      ? `Process 1 (${shownProcess(first)}) runs on without its app (${app}) after that was killed: nothing restarts it`
      : `It is not restarted after its app (${app}) was killed: the container is ${state.status} with code ${state.exitCode}`;
  }
  const fault = await servesAgain(subject, patienceMs);
  if (fault !== undefined) return `It was started again after its app (${app}) was killed, but ${fault}`;
  const ms = Math.round(performance.now() - began);
  evidence.push({ name: 'serving again after the app was killed', value: ms, unit: 'ms' });
  return undefined;
}

/** In the same life of the container: an app below process 1 that was not there before. */
async function hasNewApp(subject: Subject, before: ReadonlySet<number>): Promise<boolean> {
  try {
    const processes = await (await subject.inside()).processes();
    return familyOf(processes)?.apps.some(({ pid }) => !before.has(pid)) ?? false;
  } catch {
    // It ended while we looked.
    return false;
  }
}
