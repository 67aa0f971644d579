import type { DrillResult } from '../vocabulary/drill.ts';

/**
 * Several runs of the same drill as one: it held when all held, and broke when one broke. The run that is shown is the
 * first that decided it; how often the claim held is told beside it.
 */
export function repeated(runs: readonly DrillResult[]): DrillResult {
  const [first] = runs;
  if (!first) throw new RangeError('no run to tell of');
  if (runs.length === 1) return first;
  const held = runs.filter(({ outcome }) => outcome === 'held').length;
  const shown =
    runs.find(({ outcome }) => outcome === 'broke') ?? runs.find(({ outcome }) => outcome === 'inconclusive') ?? first;
  const sum = (value: (run: DrillResult) => number) =>
    Math.round(runs.reduce((total, run) => total + value(run), 0) * 100) / 100;
  return {
    ...shown,
    seconds: sum(({ seconds }) => seconds),
    waited: sum(({ waited }) => waited),
    repeated: { held, of: runs.length },
  };
}
