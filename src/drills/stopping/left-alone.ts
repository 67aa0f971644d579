import type { Evidence } from '../../vocabulary/drill.ts';
import type { Lab } from '../lab.ts';
import { lastWords } from '../last-words.ts';
import { shownSeconds } from '../shown-seconds.ts';

/** After ten seconds the engine takes a start for a good one and forgets its pauses: a loop slower than that has no bound. */
const aloneMs = 15_000;

/**
 * A copy that nobody kills, asked now and then: whether it crashes by itself after a while, of a timer or of what it keeps.
 * Returns what is wrong; adds what was seen to the evidence.
 */
export async function leftAlone(lab: Lab, evidence: Evidence[]): Promise<string | undefined> {
  const { subject } = await lab.world({ ready: false });
  const ready = await subject.ready();
  if (!ready.ok) return undefined;
  const before = subject.events().length;
  // One that has done its work and ends well is no crash, whatever starts it again.
  const crash = () =>
    subject
      .events()
      .slice(before)
      .find(({ action, exitCode }) => action === 'die' && exitCode !== 0);
  const began = performance.now();
  await lab.until(
    aloneMs,
    async () => {
      await subject.ask().catch(() => undefined);
      return crash() !== undefined;
    },
    500,
  );
  const died = crash();
  if (!died) {
    evidence.push({ name: 'left alone it ran for', value: Math.round(performance.now() - began), unit: 'ms' });
    return undefined;
  }
  const after = shownSeconds(performance.now() - began);
  evidence.push({ name: 'last words', value: lastWords(await subject.container.logs({ tail: 40 })) });
  return `Left alone it crashed by itself, ${after} after it was ready, with code ${died.exitCode}`;
}
