import type { Lab, Subject } from '../lab.ts';
import type { Loss } from './loss-verdict.ts';
import { serves } from './served.ts';

/** How long the dependency stays away. A restart with migrations takes as long; crash loops show within it. */
export const awayMs = 6000;
/** Requests a second meanwhile: few enough for any service, and enough to use up a pool. */
export const crowdRate = 10;

export async function looksMeanwhile(
  lab: Lab,
  subject: Subject,
): Promise<Pick<Loss, 'looks' | 'answered' | 'slowestMs' | 'askedBy'>> {
  const began = performance.now();
  let [looks, answered, slowestMs, askedBy] = [0, 0, 0, ''];
  while (performance.now() - began < awayMs) {
    // It may be restarting: then there is nothing to ask.
    const served = await serves(lab, subject).catch(() => ({ ok: false, ms: 0, by: askedBy }));
    looks++;
    if (served.ok) answered++;
    slowestMs = Math.max(slowestMs, served.ms);
    askedBy = served.by;
    await lab.wait(250);
  }
  return { looks, answered, slowestMs, askedBy };
}

/**
 * Others ask it at the same time, as users do: what leaks with every call that fails, and what hangs and holds a thread,
 * shows only then.
 */
export async function crowded(lab: Lab, subject: Subject): Promise<void> {
  const rate = Math.min(crowdRate, lab.settings.rate);
  try {
    const load = await subject.load({ seconds: awayMs / 1000, rate, kinds: ['fresh'], timeoutMs: 5000 });
    await load.result;
  } catch (error) {
    lab.signal.throwIfAborted();
    // It ended, and has no address any more: that is told by the looks.
    lab.note(`it could not be asked more: ${error instanceof Error ? error.message : 'nobody knows why'}`);
  }
}
