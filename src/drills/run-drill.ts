import { InsideGone } from '../inside/inside-gone.ts';
import type { Service } from '../model/service.ts';
import type { DrillEvent, DrillResult, Timeline } from '../vocabulary/drill.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { type Drill, inconclusive, type Told } from './drill.ts';
import { DrillLab, NotReady, type Yard } from './lab/drill-lab.ts';
import { masked, maskFor } from './masked.ts';

/**
 * Runs one drill of one service to its end, within its budget, and removes what it made. What goes wrong in the drill
 * itself is inconclusive; only an engine that is gone, and the caller's own abort, are errors.
 */
export async function runDrill(
  yard: Yard,
  drill: Drill,
  service: Service,
  options: { readonly signal: AbortSignal; readonly budgetMs: number; readonly onEvent: (event: DrillEvent) => void },
): Promise<DrillResult> {
  const { id } = drill;
  const began = performance.now();
  const called = new AbortController();
  const off = () => called.abort(options.signal.reason);
  options.signal.addEventListener('abort', off, { once: true });
  if (options.signal.aborted) off();
  const timer = setTimeout(() => called.abort(new OutOfTime()), options.budgetMs);
  let last = 'setting up';
  const lab = new DrillLab(yard, service, called.signal, (what) => {
    last = what;
    options.onEvent({ type: 'step', id, service: service.name, what });
  });
  let told: Told;
  let timeline: Timeline;
  try {
    told = await drill.run(lab);
    timeline = lab.journal.timeline();
  } catch (error) {
    if (options.signal.aborted) throw new SeaworthyError('interrupted', 'the drills were called off', { cause: error });
    told = whatWentWrong(error, called.signal.reason, options.budgetMs, last);
    // Before the clean-up, which is not the service's doing.
    timeline = lab.journal.timeline();
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', off);
    await lab.clear();
  }
  told = masked(told, maskFor(yard.project));
  const seconds = rounded((performance.now() - began) / 1000);
  return {
    id,
    service: service.name,
    claim: drill.claim,
    outcome: told.outcome,
    summary: told.summary,
    evidence: told.evidence ?? [],
    advice: told.advice ?? [],
    seconds,
    waited: rounded(Math.min(lab.waitedMs / 1000, seconds)),
    ...(told.repeated ? { repeated: told.repeated } : {}),
    ...(told.requests ? { requests: told.requests } : {}),
    timeline: told.timeline ?? timeline,
  };
}

class OutOfTime extends Error {}

function whatWentWrong(error: unknown, reason: unknown, budgetMs: number, last: string): Told {
  if (reason instanceof OutOfTime)
    return inconclusive(`It was not told within ${Math.round(budgetMs / 1000)} s; the last thing done: ${last}`);
  if (error instanceof NotReady) return inconclusive(`The service did not become ready: ${error.message}`);
  // A helper that is gone is one drill's trouble; an engine that is gone is everybody's.
  const isHelper = error instanceof InsideGone;
  if (error instanceof SeaworthyError && error.code === 'engine-unreachable' && !isHelper) throw error;
  return inconclusive(`It could not be told: ${error instanceof Error ? error.message : String(error)}`, {
    evidence: [{ name: 'last step', value: last }],
  });
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
