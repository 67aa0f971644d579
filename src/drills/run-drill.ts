import type { Service } from '../model/service.ts';
import { called } from '../stack/wait-for.ts';
import type { DrillEvent, DrillResult, StandIn, Timeline } from '../vocabulary/drill.ts';
import type { Drill, Told } from './drill.ts';
import { DrillLab, type Yard } from './lab/drill-lab.ts';
import { masked, maskedTimeline } from './masked.ts';
import { OutOfTime } from './out-of-time.ts';
import { settled } from './settled.ts';
import { manyListen } from './stopping/halt.ts';
import { whatWentWrong } from './went-wrong.ts';

/**
 * Runs one drill of one service to its end, within its budget, and removes what it made. What goes wrong in the drill
 * itself is inconclusive; only an engine that is gone, and the caller's own abort, are errors: then it rejects at once with
 * the reason of `signal`, and the drill is among the yard's `unfinished` until it has noticed.
 */
export async function runDrill(
  yard: Yard,
  drill: Drill,
  service: Service,
  options: { readonly signal: AbortSignal; readonly budgetMs: number; readonly onEvent: (event: DrillEvent) => void },
): Promise<DrillResult> {
  const { id } = drill;
  const began = performance.now();
  const over = new AbortController();
  manyListen(over.signal);
  const off = () => over.abort(options.signal.reason);
  options.signal.addEventListener('abort', off, { once: true });
  if (options.signal.aborted) off();
  const timer = setTimeout(() => over.abort(new OutOfTime()), options.budgetMs);
  let last = 'setting up';
  const lab = new DrillLab(yard, service, over.signal, (what) => {
    last = what;
    options.onEvent({ type: 'step', id, service: service.name, what });
  });
  const running = drill.run(lab);
  let told: Told;
  let timeline: Timeline;
  try {
    // What it waits for may last: a stop with a grace period of minutes.
    told = await called(running, over.signal);
    timeline = lab.journal.timeline();
  } catch (error) {
    if (options.signal.aborted) {
      yard.unfinished.add(running);
      throw options.signal.reason;
    }
    told = whatWentWrong(error, {
      reason: over.signal.reason,
      budgetMs: options.budgetMs,
      last,
      standIns: standInsOf(yard, service.name),
    });
    // Before the clean-up, which is not the service's doing.
    timeline = lab.journal.timeline();
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', off);
    // When all is called off, all is removed at once, by the sweep of the run.
    if (!options.signal.aborted) await cleared(lab, running);
  }
  told = masked(told, yard.mask);
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
    timeline: told.timeline ?? maskedTimeline(timeline, yard.mask),
  };
}

/** A drill that is out of time ends when all that it waits for is gone; what it makes meanwhile goes as well. */
async function cleared(lab: DrillLab, running: Promise<unknown>): Promise<void> {
  await lab.clear();
  await settled([running], 10_000);
  await lab.clear();
}

/** Those of the service and of what it needs. */
function standInsOf(yard: Yard, service: string): readonly StandIn[] {
  const closure = yard.closure(service);
  return yard.standIns.filter((one) => one.service === undefined || closure.has(one.service));
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
