import type { DrillResult, Outcome } from '../../vocabulary/drill.ts';
import { grouped } from '../grouped.ts';

/** What needs eyes first comes first. */
export const outcomes: readonly Outcome[] = ['broke', 'inconclusive', 'held'];

/** Results by outcome; every outcome is there. */
export function tallyDrills(drills: readonly DrillResult[]): Record<Outcome, number> {
  const tally: Record<Outcome, number> = { broke: 0, inconclusive: 0, held: 0 };
  for (const { outcome } of drills) tally[outcome] += 1;
  return tally;
}

/** `2 broke, 1 inconclusive, 12 held`; what is 0 is left out. */
export function outcomesText(tally: Readonly<Record<Outcome, number>>): string {
  return outcomes
    .filter((outcome) => tally[outcome] > 0)
    .map((outcome) => `${tally[outcome]} ${outcome}`)
    .join(', ');
}

/** By service, the one that fared worst first; within one the worst first, else in the order in which they ran. */
export function byService(drills: readonly DrillResult[]): [service: string, results: DrillResult[]][] {
  const rank = ({ outcome }: DrillResult) => outcomes.indexOf(outcome);
  const groups = [...grouped(drills, ({ service }) => service)].map(([service, results]): [string, DrillResult[]] => [
    service,
    [...results].sort((first, second) => rank(first) - rank(second)),
  ]);
  const worst = ([, results]: [string, DrillResult[]]) => Math.min(...results.map(rank));
  return groups.sort((first, second) => worst(first) - worst(second));
}
