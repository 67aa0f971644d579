import type { Finding } from '../vocabulary/finding.ts';
import { confidences, severities } from '../vocabulary/severity.ts';

/** The findings of one service, or those of a file as a whole. */
export interface FindingGroup {
  readonly kind: 'service' | 'file';
  readonly name: string;
  /** The files its findings stand in, the first finding's first. */
  readonly files: readonly string[];
  /** Worst first. */
  readonly stacks: readonly FindingStack[];
  readonly findings: readonly Finding[];
}

/** A finding and those that say the same of other places in the group: one rule, one severity, one confidence. */
export interface FindingStack {
  readonly shown: Finding;
  readonly folded: readonly Finding[];
}

/** By service and file, the worst group first, and within it the worst finding. */
export function groupFindings(findings: readonly Finding[], isFolding: boolean): FindingGroup[] {
  const groups = new Map<string, { kind: FindingGroup['kind']; name: string; findings: Finding[] }>();
  for (const finding of [...findings].sort(worstFirst)) {
    const { kind, name } = homeOf(finding);
    const key = `${kind} ${name}`;
    const group = groups.get(key);
    if (group) group.findings.push(finding);
    else groups.set(key, { kind, name, findings: [finding] });
  }
  // A map keeps the order of insertion, and the findings came worst first: so do the groups.
  return [...groups.values()].map((group) => ({
    ...group,
    files: [...new Set(group.findings.map((finding) => finding.file))],
    stacks: isFolding ? fold(group.findings) : group.findings.map((shown) => ({ shown, folded: [] })),
  }));
}

/** A finding that several services share is told once, under its file. */
function homeOf(finding: Finding): { kind: FindingGroup['kind']; name: string } {
  const services = finding.services ?? [];
  const service = services.length > 1 ? undefined : (finding.service ?? services[0]);
  if (service === undefined) return { kind: 'file', name: finding.file };
  // Many projects have a service `db`.
  return { kind: 'service', name: finding.project === undefined ? service : `${finding.project}/${service}` };
}

function fold(findings: readonly Finding[]): FindingStack[] {
  const stacks = new Map<string, { shown: Finding; folded: Finding[] }>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.severity} ${finding.confidence}`;
    const stack = stacks.get(key);
    if (stack) stack.folded.push(finding);
    else stacks.set(key, { shown: finding, folded: [] });
  }
  return [...stacks.values()];
}

function worstFirst(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence) ||
    compare(a.file, b.file) ||
    a.span.start.offset - b.span.start.offset ||
    compare(a.rule, b.rule)
  );
}

/** By code unit, so that the order is the same whatever the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
