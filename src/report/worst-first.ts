import type { Finding } from '../vocabulary/finding.ts';
import { confidences, severities } from '../vocabulary/severity.ts';

/**
 * Worst first; among equally bad ones the surest, and each rule's first finding before any rule's second, since a
 * reader who sees only the first ten should see ten different things.
 */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  const ranked = findings.map((finding, index) => {
    const key = `${finding.severity}\0${finding.rule}`;
    const turn = seen.get(key) ?? 0;
    seen.set(key, turn + 1);
    return { finding, index, turn };
  });
  ranked.sort(
    (a, b) =>
      severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity) ||
      a.turn - b.turn ||
      confidences.indexOf(a.finding.confidence) - confidences.indexOf(b.finding.confidence) ||
      a.index - b.index,
  );
  return ranked.map(({ finding }) => finding);
}
