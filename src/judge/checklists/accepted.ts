import type { ChecklistItemState, ChecklistState, SuppressedFinding } from '../../vocabulary/verdict.ts';

/**
 * An item that fails only for findings somebody accepted with a reason passes, and shows the fault and the reason: it
 * was weighed, not overlooked. `strict`: the lists with those findings; `lenient`: without them.
 */
export function acceptChecklists(
  strict: readonly ChecklistState[],
  lenient: readonly ChecklistState[],
  accepted: readonly SuppressedFinding[],
): ChecklistState[] {
  const others = new Map(lenient.flatMap(({ items }) => items.map((item) => [item.id, item])));
  const byLine = new Map<string, SuppressedFinding[]>();
  for (const one of accepted) {
    const line = `${one.file}:${one.span.start.line}`;
    byLine.set(line, [...(byLine.get(line) ?? []), one]);
  }
  return strict.map((list) => ({
    ...list,
    items: list.items.map((item) => {
      const without = others.get(item.id);
      if (!without || item.state !== 'fail' || without.state === 'fail') return without ?? item;
      return acceptItem(item, without, byLine);
    }),
  }));
}

function acceptItem(
  failing: ChecklistItemState,
  without: ChecklistItemState,
  byLine: ReadonlyMap<string, readonly SuppressedFinding[]>,
): ChecklistItemState {
  const reasons = new Set(failing.at.flatMap((line) => (byLine.get(line) ?? []).map(reasonOf)));
  const why = [...reasons].slice(0, 3).join('; ');
  return {
    ...without,
    evidence: why === '' ? `${failing.evidence}; accepted` : `${failing.evidence}; accepted: ${why}`,
    at: failing.at,
  };
}

function reasonOf({ reason = '', until, at }: SuppressedFinding): string {
  return `${reason} (${until === undefined ? '' : `until ${until}, `}${at})`;
}
