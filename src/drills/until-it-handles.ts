import type { Lab, Subject } from './lab.ts';
import { signalNumber, signalsIn } from './signals.ts';

/**
 * Waits until a process of it has a handler for the signal: one that listens nowhere and has no health check runs long before
 * it is ready, and a signal that comes before its handler is no test of it. False where none has by then.
 */
export async function untilItHandles(lab: Lab, subject: Subject, signal: string, ms: number): Promise<boolean> {
  const number = signalNumber(signal);
  if (number === undefined) return false;
  const inside = await subject.inside();
  return lab.until(ms, async () => (await inside.processes()).some(({ sigCgt }) => signalsIn(sigCgt).includes(number)));
}
