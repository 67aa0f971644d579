import { fixOf } from '../edit/change.ts';
import { insertBeforeStart, keywordAs } from '../edit/dockerfile.ts';
import type { Stage } from '../model/dockerfile/dockerfile.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** `EXPOSE 3000` before the command: a note to people and tools, which opens nothing by itself. */
export function declarePort(stage: Stage, port: number): Cure {
  const line = `${keywordAs(stage.dockerfile, 'EXPOSE')} ${port}`;
  return fixOf(
    { title: `Declare port ${port}`, safety: 'safe' },
    { edits: [insertBeforeStart(stage, [line])], sets: [] },
  );
}
