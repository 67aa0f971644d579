import type { Edit } from '../../vocabulary/fix.ts';

export type { Edit } from '../../vocabulary/fix.ts';

/** Part of a text with the edits that lie in it made. */
export function replaceable(text: string, start: number, end: number, edits: readonly Edit[]): string {
  let piece = '';
  let at = start;
  const inside = edits.filter(({ span }) => span.start >= start && span.end <= end);
  for (const { span, text: fresh } of [...inside].sort((a, b) => a.span.start - b.span.start)) {
    piece += text.slice(at, span.start) + fresh;
    at = span.end;
  }
  return piece + text.slice(at, end);
}
