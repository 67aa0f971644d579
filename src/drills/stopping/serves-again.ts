import type { Subject } from '../lab.ts';
import { oneLine } from '../one-line.ts';
import { shownSeconds } from '../shown-seconds.ts';

/** Waits until it is ready, and asks it. Undefined when it serves; else what is wrong, to follow "but". */
export async function servesAgain(subject: Subject, patienceMs: number): Promise<string | undefined> {
  const ready = await subject.ready(patienceMs);
  if (!ready.ok)
    return `was not ready within ${shownSeconds(patienceMs)}: ${oneLine(ready.because ?? 'nothing said why')}`;
  const answer = await subject.ask();
  return answer && !answer.ok ? `does not answer well (${shownStatus(answer)})` : undefined;
}

export const shownStatus = ({ status }: { readonly status: number | undefined }): string =>
  status === undefined ? 'no answer' : `status ${status}`;
