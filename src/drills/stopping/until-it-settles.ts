import type { Lab, Subject } from '../lab.ts';
import { signalNumber, signalsIn } from './signals.ts';

/**
 * Waits until one that tells nobody when it is ready has come up: a process of it has a handler for the signal, and for a
 * second it has used next to no CPU. (Node has a handler of its own long before the app's, so the handler alone says little.)
 * After `ms` at most, for a busy worker never rests. Returns whether there is a handler.
 */
export async function untilItSettles(lab: Lab, subject: Subject, signal: string, ms: number): Promise<boolean> {
  const number = signalNumber(signal);
  const inside = await subject.inside();
  let isHandled = false;
  let restingSince: number | undefined;
  let lastMs: number | undefined;
  await lab.until(
    ms,
    async () => {
      const processes = await inside.processes();
      isHandled = processes.some(({ sigCgt }) => number !== undefined && signalsIn(sigCgt).includes(number));
      const { cpuUsageMs } = await subject.cgroup();
      // One that waits for its turn is not at rest either.
      const isResting =
        lastMs !== undefined &&
        cpuUsageMs - lastMs < 10 &&
        processes.every(({ state }) => state !== 'R' && state !== 'D');
      lastMs = cpuUsageMs;
      restingSince = isResting ? (restingSince ?? performance.now()) : undefined;
      return isHandled && restingSince !== undefined && performance.now() - restingSince >= 1000;
    },
    200,
  );
  return isHandled;
}
