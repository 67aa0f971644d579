import type { Lab, Subject } from '../lab.ts';
import { crashAndWait } from './crash.ts';

/** Crashes in a row, each as soon as it ran again. */
export interface CrashLoop {
  readonly crashes: number;
  /** How long it was down after each, in ms. */
  readonly gapsMs: readonly number[];
  /** It was not started again after the last. */
  readonly gaveUp: boolean;
}

/** Five: the engine's fifth wait is 1.6 s (100 ms, doubled each time: moby, restartmanager.go), which no slowness of a start is taken for. */
const most = 5;

export async function crashInARow(lab: Lab, subject: Subject): Promise<CrashLoop> {
  const gapsMs: number[] = [];
  for (let crashes = 1; crashes <= most; crashes++) {
    const { isBack, downMs } = await crashAndWait(lab, subject, 20_000);
    if (!isBack) return { crashes, gapsMs, gaveUp: true };
    gapsMs.push(downMs ?? 0);
  }
  return { crashes: most, gapsMs, gaveUp: false };
}

/**
 * Whether the engine waits longer and longer, or gave up. An engine without a back-off (Podman) starts a container again as fast as
 * it can: within a second each time.
 */
export const isBounded = ({ gapsMs, gaveUp }: CrashLoop): boolean => gaveUp || (gapsMs.at(-1) ?? 0) >= 1500;
