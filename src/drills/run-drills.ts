import type { Service } from '../model/service.ts';
import type { DrillEvent, DrillResult, SkippedDrill } from '../vocabulary/drill.ts';
import type { Drill } from './drill.ts';
import type { Yard } from './lab/drill-lab.ts';
import type { Prepared } from './lab/prepare-yard.ts';
import { repeated } from './repeated.ts';
import { runDrill } from './run-drill.ts';
import { settingsOf } from './settings-of.ts';

export interface Task {
  readonly drill: Drill;
  readonly service: Service;
}

export interface RunOptions {
  readonly repeat: number;
  /** Milliseconds in all; what has not begun by then is skipped, and said so. */
  readonly budgetMs: number;
  /** How many drills at the same time, of those that bear company. */
  readonly sideBySide: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: DrillEvent) => void;
}

/** Which drills there are for these services, and which not and why. `refused`: services that cannot be started. */
export function tasksOf(
  drills: readonly Drill[],
  services: readonly Service[],
  project: Yard['project'],
  { refused, imageless }: Pick<Prepared, 'refused' | 'imageless'>,
  isAttached = false,
): { readonly tasks: readonly Task[]; readonly skipped: readonly SkippedDrill[] } {
  const tasks: Task[] = [];
  const skipped: SkippedDrill[] = [];
  for (const drill of drills)
    for (const service of services) {
      const idle = drill.skip(service);
      const disturbs = isAttached && drill.attach !== 'harmless' ? 'it would disturb a running service' : undefined;
      const because = idle ?? disturbs ?? refused.get(service.name) ?? settingsOf(service, project).skip.get(drill.id);
      if (because === undefined) {
        tasks.push({ drill, service });
        continue;
      }
      const isLacking = because === refused.get(service.name) && imageless.has(service.name);
      const skip: SkippedDrill = { id: drill.id, service: service.name, because, applies: idle === undefined };
      skipped.push(isLacking ? { ...skip, lacking: 'image' } : skip);
    }
  return { tasks, skipped };
}

/** First those that bear company, side by side; then, one by one, those that measure time. */
export async function runDrills(
  yard: Yard,
  tasks: readonly Task[],
  options: RunOptions,
): Promise<{ readonly results: readonly DrillResult[]; readonly skipped: readonly SkippedDrill[] }> {
  const deadline = performance.now() + options.budgetMs;
  const results = new Map<Task, DrillResult>();
  const skipped: SkippedDrill[] = [];
  const run = async (task: Task) => {
    const { drill, service } = task;
    const left = deadline - performance.now();
    if (left < 1000) {
      skipped.push({ id: drill.id, service: service.name, because: 'no time was left in the budget', applies: true });
      return;
    }
    options.onEvent({ type: 'started', id: drill.id, service: service.name });
    const runs: DrillResult[] = [];
    for (let time = 0; time < options.repeat; time++) {
      const budgetMs = Math.min(drill.budget(service) * 1000, deadline - performance.now());
      if (time > 0 && budgetMs < 1000) break;
      runs.push(await runDrill(yard, drill, service, { ...options, budgetMs }));
    }
    const result = repeated(runs);
    results.set(task, result);
    options.onEvent({ type: 'ended', result });
  };
  const together = tasks.filter(({ drill }) => drill.company === 'any');
  // The longest first, so that no long one is left alone at the end.
  together.sort((a, b) => b.drill.budget(b.service) - a.drill.budget(a.service));
  await sideBySide(together, options.sideBySide, run);
  for (const task of tasks) if (task.drill.company === 'alone') await run(task);
  return { results: tasks.flatMap((task) => results.get(task) ?? []), skipped };
}

/** When one fails the others are waited for: what they made must be known before it is removed. */
async function sideBySide<T>(all: readonly T[], most: number, run: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  let failed: { readonly error: unknown } | undefined;
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined && !failed; next = waiting.shift())
      try {
        await run(next);
      } catch (error) {
        failed ??= { error };
      }
  };
  await Promise.all(Array.from({ length: most }, worker));
  if (failed) throw failed.error;
}
