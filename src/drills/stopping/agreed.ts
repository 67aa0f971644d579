import { inconclusive, type Told } from '../drill.ts';

/** On a machine where so many processes want each CPU, one bad run may be the machine's fault; see `machineSlack`. */
const busy = 2;

/** Whether an experiment has been made often enough: once where it held, or the machine keeps up; else until two agree, three times at most. */
export function isAgreed(runs: readonly Told[], slack: number): boolean {
  const [first] = runs;
  if (runs.length === 1) return first?.outcome === 'held' || slack < busy;
  return runs.length >= 3 || majority(runs) !== undefined;
}

/** The last of those that agree, with how all of them ended; inconclusive where no two do. */
export function agreed(runs: readonly Told[]): Told {
  const [first] = runs;
  if (first && runs.length === 1) return first;
  const outcome = majority(runs);
  const told = runs.findLast((run) => run.outcome === outcome) ?? inconclusive('No two of three runs agreed');
  const all = runs.map((run) => run.outcome);
  const held = all.filter((one) => one === 'held').length;
  return {
    ...told,
    evidence: [...(told.evidence ?? []), { name: 'runs, since the machine was busy', value: all }],
    repeated: { held, of: runs.length },
  };
}

const majority = (runs: readonly Told[]): Told['outcome'] | undefined =>
  (['held', 'broke', 'inconclusive'] as const).find(
    (outcome) => runs.filter((run) => run.outcome === outcome).length >= 2,
  );
