import type { Evidence } from '../../vocabulary/drill.ts';
import { broke, inconclusive, type Told } from '../drill.ts';
import type { Lab, Ready, Subject } from '../lab.ts';
import { lastWords } from '../last-words.ts';
import { oneLine } from '../one-line.ts';
import { restartPolicyOf } from './restart-policy.ts';

/** How often it has ended since it was made. */
export const ends = (subject: Subject): number => subject.events().filter(({ action }) => action === 'die').length;

/** Ready, be it after a restart or two of its own; not after four. */
export async function comeUp(lab: Lab, subject: Subject): Promise<Ready> {
  const began = performance.now();
  for (;;) {
    const ready = await subject.ready();
    // What is only known to run may be on its way to its end.
    const before = ends(subject);
    const endsSoon = ready.ok && ready.by === 'running' && (await lab.until(3000, () => ends(subject) > before));
    const ms = performance.now() - began;
    if (ready.ok && !endsSoon) return { ...ready, ms };
    const mayComeBack = restartPolicyOf(subject.plan).name !== 'no' && ends(subject) > 0 && ends(subject) < 4;
    if (!mayComeBack || ms > 60_000) return { ...ready, ok: false, ms };
    await lab.wait(200);
  }
}

/** It was never ready. A loop of its own is the fault that is looked for; anything else cannot be told. */
export async function crashesByItself(subject: Subject, because: string, policy: Evidence): Promise<Told> {
  const { state, restartCount } = await subject.container.inspect();
  const dies = subject.events().filter(({ action }) => action === 'die');
  if (dies.length === 0) return inconclusive(`It never became ready: ${oneLine(because)}`, { evidence: [policy] });
  const code = dies.at(-1)?.exitCode ?? state.exitCode;
  const said = lastWords(await subject.container.logs({ tail: 40 }));
  const evidence: Evidence[] = [
    policy,
    { name: 'ended by itself', value: dies.length, unit: 'times' },
    { name: 'restarts', value: restartCount },
    { name: 'exit code', value: code },
    { name: 'last words', value: said },
  ];
  const often = dies.length === 1 ? 'once' : `${dies.length} times`;
  return broke(`It crashes by itself, with nothing done to it: it ended ${often}, with code ${code}`, {
    evidence,
    advice: ['Mend what makes it end, no restart policy can: its last words are in the evidence'],
  });
}
