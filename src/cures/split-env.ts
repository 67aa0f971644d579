import { edited, fixOf } from '../edit/change.ts';
import { lineEndOf } from '../edit/dockerfile.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { Pair } from '../read/dockerfile/tree.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** The pair, and those behind it, in an ENV of their own, where what the ones before set is known. */
export function splitEnv({ instruction, stage, index }: Step, pair: Pair): Cure | undefined {
  // ONBUILD holds but one.
  if (stage.steps[index]?.instruction !== instruction) return undefined;
  const before = instruction.pairs[instruction.pairs.indexOf(pair) - 1];
  if (!before) return undefined;
  const { file } = pair.span;
  return fixOf(
    {
      title: `Set ${pair.key} by an ENV of its own`,
      safety: 'review',
      note: 'its value then holds the new one, as it was meant to',
    },
    edited({
      span: { file, start: before.span.end, end: pair.span.start },
      text: `${lineEndOf(stage.dockerfile)}${instruction.written} `,
    }),
  );
}
