import { InsideGone } from '../inside/inside-gone.ts';
import type { StandIn } from '../vocabulary/drill.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { inconclusive, type Told } from './drill.ts';
import { isInvented } from './isolate/invented.ts';
import { NotReady } from './lab/not-ready.ts';
import { OutOfTime } from './out-of-time.ts';

export interface Circumstances {
  /** Why the drill was ended, if it was. */
  readonly reason: unknown;
  readonly budgetMs: number;
  /** The last step it said. */
  readonly last: string;
  /** What stood in for something real in the services that ran. */
  readonly standIns: readonly StandIn[];
}

/** What a drill that failed itself tells. Only an engine that is gone is everybody's trouble: that is thrown on. */
export function whatWentWrong(error: unknown, { reason, budgetMs, last, standIns }: Circumstances): Told {
  if (reason instanceof OutOfTime)
    return inconclusive(`It was not told within ${Math.round(budgetMs / 1000)} s; the last thing done: ${last}`);
  if (error instanceof NotReady)
    return inconclusive(`The service did not become ready: ${error.message}`, { advice: inventedAdvice(standIns) });
  const known = error instanceof SeaworthyError && !(error instanceof InsideGone) ? error : undefined;
  if (known?.code === 'engine-unreachable') throw error;
  if (known?.code === 'dependency-failed') {
    const [what = '', ...words] = known.message.split('\n');
    return inconclusive(`What it needs did not start: ${what.replace(/:$/, '')}`, {
      evidence: words.length > 0 ? [{ name: 'its last words', value: words }] : [],
      advice: inventedAdvice(standIns),
    });
  }
  return inconclusive(`It could not be told: ${error instanceof Error ? error.message : String(error)}`, {
    evidence: [{ name: 'last step', value: last }],
  });
}

/** A random text does for most passwords; not for a key, a certificate, or a list of users. */
function inventedAdvice(standIns: readonly StandIn[]): readonly string[] {
  const invented = [...new Set(standIns.filter(isInvented).map(({ wanted }) => wanted))];
  if (invented.length === 0) return [];
  return [
    `Random text stood in for what is not there: ${invented.join(', ')}. Where it must have a certain form, put the real thing or one for tests in its place, and drill again`,
  ];
}
