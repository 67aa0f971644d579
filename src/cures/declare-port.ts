import { fixOf } from '../edit/change.ts';
import { insertAfter, insertBefore, keywordAs } from '../edit/dockerfile.ts';
import type { Stage } from '../model/dockerfile/dockerfile.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** `EXPOSE 3000` before the command: a note to people and tools, which opens nothing by itself. */
export function declarePort(stage: Stage, port: number): Cure {
  const { dockerfile, steps } = stage;
  const start = steps.find(({ instruction }) => /^(?:CMD|ENTRYPOINT)$/.test(instruction.keyword))?.instruction;
  const last = steps.at(-1)?.instruction ?? stage.from.instruction;
  const lines = [`${keywordAs(dockerfile, 'EXPOSE')} ${port}`];
  return fixOf(
    { title: `Declare port ${port}`, safety: 'safe' },
    { edits: [start ? insertBefore(dockerfile, start, lines) : insertAfter(dockerfile, last, lines)], sets: [] },
  );
}
