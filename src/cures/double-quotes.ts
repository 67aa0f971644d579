import { edited, fixOf } from '../edit/change.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** A list in single or typographic quotes as the JSON that Docker reads. */
export function doubleQuotes({ instruction, stage }: Step, list: string): Cure | undefined {
  const { tree } = stage.dockerfile;
  const { span } = instruction;
  const written = tree.text.slice(span.start, span.end);
  const at = written.lastIndexOf(list);
  const wanted = list.replace(/['“”‘’]/g, '"').replace(/,\s*\]$/, ']');
  if (at === -1 || !isListOfStrings(wanted) || /[^\\]\\[^"\\]/.test(wanted)) return undefined;
  const start = span.start + at;
  return fixOf(
    {
      title: `Write ${wanted}`,
      safety: 'review',
      note: 'it then means what it was meant to, which it never did so far',
    },
    edited({ span: { ...span, start, end: start + list.length }, text: wanted }),
  );
}

function isListOfStrings(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
  } catch {
    return false;
  }
}
