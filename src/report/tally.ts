import type { Finding } from '../vocabulary/finding.ts';
import { type Severity, severities } from '../vocabulary/severity.ts';
import type { ChecklistState, ItemState } from '../vocabulary/verdict.ts';

/** Findings by severity, worst first; every severity is there. */
export function tallyFindings(findings: readonly Finding[]): Record<Severity, number> {
  const tally: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const finding of findings) tally[finding.severity] += 1;
  return tally;
}

/** Checklist items by state; every state is there. */
export function tallyItems(checklists: readonly ChecklistState[]): Record<ItemState, number> {
  const tally: Record<ItemState, number> = { pass: 0, fail: 0, open: 0, 'not-applicable': 0 };
  for (const item of checklists.flatMap((checklist) => checklist.items)) tally[item.state] += 1;
  return tally;
}

/** `1 critical, 3 low`; what is 0 is left out. */
export function severityText(tally: Readonly<Record<Severity, number>>): string {
  return severities
    .filter((severity) => tally[severity] > 0)
    .map((severity) => `${tally[severity]} ${severity}`)
    .join(', ');
}

/** `34 passed, 12 failed, 5 open, 8 not applicable`; what is 0 is left out. */
export function itemsText(tally: Readonly<Record<ItemState, number>>): string {
  const words = { pass: 'passed', fail: 'failed', open: 'open', 'not-applicable': 'not applicable' } as const;
  const states = ['pass', 'fail', 'open', 'not-applicable'] as const;
  return states
    .filter((state) => tally[state] > 0)
    .map((state) => `${tally[state]} ${words[state]}`)
    .join(', ');
}
