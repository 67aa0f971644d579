import { edited, fixOf } from '../edit/change.ts';
import { replaceSpan } from '../edit/dockerfile.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** ADD of plain files as COPY, which does the same for them. */
export function addToCopy({ instruction }: Step): Cure {
  const copy = instruction.written === instruction.written.toLowerCase() ? 'copy' : 'COPY';
  const sources = instruction.words.slice(0, -1);
  // What the pattern finds, or a build argument says, may be an archive after all; then ADD unpacks it.
  const isOpen = sources.some(({ text }) => text.includes('$') || /[*?[][^/]*$/.test(text.replace(/\*\.[a-z]+$/i, '')));
  return fixOf(
    isOpen
      ? {
          title: `Write ${copy} for ADD`,
          safety: 'review',
          note: 'COPY does not unpack: look whether an archive is among the files',
        }
      : { title: `Write ${copy} for ADD`, safety: 'safe' },
    edited(replaceSpan(instruction.keywordSpan, copy)),
  );
}
