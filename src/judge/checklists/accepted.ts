import type { Finding } from '../../vocabulary/finding.ts';
import { atLeast } from '../../vocabulary/severity.ts';
import type { ChecklistItemState, ChecklistState, SuppressedFinding } from '../../vocabulary/verdict.ts';
import { checklistItems } from './items.ts';

export interface Accepting {
  /** The lists with what was accepted, as if it had not been. */
  readonly strict: readonly ChecklistState[];
  /** The lists without it. */
  readonly lenient: readonly ChecklistState[];
  /** Findings that somebody accepted with a reason. */
  readonly accepted: readonly SuppressedFinding[];
  /** All others. */
  readonly counting: readonly Finding[];
}

/**
 * An item whose only failures were accepted with a reason passes, and shows fault and reason: it was weighed, not
 * overlooked. Some items read the project themselves, not the findings; there each place of the failure must be one
 * where a finding of the same mission row was accepted, and none counts.
 */
export function acceptChecklists({ strict, lenient, accepted, counting }: Accepting): ChecklistState[] {
  const without = new Map(lenient.flatMap(({ items }) => items.map((item) => [item.id, item])));
  const missions = new Map(checklistItems.map(({ id, mission }) => [id, mission]));
  const acceptedAt = byLine(accepted);
  // What weighs too little to fail an item does not keep it from passing (see `findingsOf`).
  const countingAt = byLine(
    counting.filter(({ severity, confidence }) => confidence !== 'guess' && atLeast(severity, 'medium')),
  );
  const rulesOf = (item: ChecklistItemState) => {
    const rows = missions.get(item.id) ?? [];
    return <T extends Finding>(list: readonly T[] = []) =>
      list.filter(({ mission }) => mission.some((row) => rows.includes(row)));
  };
  return strict.map((list) => ({
    ...list,
    items: list.items.map((item) => {
      const other = without.get(item.id) ?? item;
      if (item.state !== 'fail') return other;
      const related = rulesOf(item);
      const isWeighed =
        item.at.length > 0 &&
        item.at.every((line) => related(acceptedAt.get(line)).length > 0 && related(countingAt.get(line)).length === 0);
      if (other.state === 'fail' && !isWeighed) return other;
      const reasons = item.at.flatMap((line) => {
        const here = acceptedAt.get(line) ?? [];
        const own = related(here);
        return (own.length > 0 ? own : here).map(reasonOf);
      });
      const why = [...new Set(reasons)].slice(0, 3).join('; ');
      const evidence = `${item.evidence}; accepted${why === '' ? '' : `: ${why}`}`;
      return { ...other, state: other.state === 'fail' ? 'pass' : other.state, evidence, at: item.at };
    }),
  }));
}

function byLine<T extends Finding>(findings: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const lines = new Map<string, T[]>();
  for (const one of findings) {
    const line = `${one.file}:${one.span.start.line}`;
    const known = lines.get(line);
    if (known) known.push(one);
    else lines.set(line, [one]);
  }
  return lines;
}

function reasonOf({ reason = '', until, at }: SuppressedFinding): string {
  return `${reason} (${until === undefined ? '' : `until ${until}, `}${at})`;
}
