import { edited, fixOf } from '../edit/change.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Says that the destination is a directory. Where it was none, the build stopped. */
export function finalSlash(step: Step): Cure | undefined {
  const { instruction, stage } = step;
  const destination = instruction.words.at(-1);
  if (!destination) return undefined;
  const { tree } = stage.dockerfile;
  const { span } = destination;
  const written = tree.text.slice(span.start, span.end);
  const at = /["']$/.test(written) ? span.end - 1 : span.end;
  if (written.slice(written.length - 1 - (span.end - at)).startsWith('\\')) return undefined;
  return fixOf(
    { title: `Copy into the directory "${destination.text}/"`, safety: 'safe' },
    edited({ span: { ...span, start: at, end: at }, text: '/' }),
  );
}
