import { edited, fixOf, leftBecause } from '../edit/change.ts';
import { replaceSpan } from '../edit/dockerfile.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { spanOfFact } from '../vocabulary/fact.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** The same directory, from the root on. */
export function absoluteWorkdir(step: Step): Cure | undefined {
  const word = step.instruction.words[0];
  const { workdir, stage } = step;
  if (!word || /["']/.test(word.text)) return undefined;
  if (word.text.startsWith('~') || word.text.startsWith('$'))
    return leftBecause('only you know where it should lead: "~" is no home here');
  if (!workdir || stage.dockerfile.tree.escape === '`' || !workdir.value.startsWith('/'))
    return leftBecause('where the base image stands is not known');
  const span = spanOfFact(workdir);
  const { tree } = stage.dockerfile;
  const above = span && tree.instructions.find((one) => one.span.start <= span.start && span.end <= one.span.end);
  const isOpen = above?.body.text.includes('$') === true;
  // A variable above stays one: what it holds may be told to the build.
  const base = isOpen && above.keyword === 'WORKDIR' ? above.body.text.trim() : workdir.value;
  if (!/^(?:\/|\$)/.test(base) || /["']/.test(base)) return leftBecause('it follows another relative one');
  const wanted = `${base.replace(/\/+$/, '')}/${word.text.replace(/^(?:\.\/)+/, '').replace(/^\.$/, '')}`;
  if (/(?:^|\/)\.\.(?:\/|$)/.test(wanted)) return leftBecause('it leads upwards');
  const isKnown = workdir.from.kind === 'file' && workdir.sure === 'certain';
  return fixOf(
    {
      title: `Write WORKDIR ${wanted.replace(/(?<=.)\/$/, '')}`,
      safety: isKnown ? 'safe' : 'review',
      ...(isKnown ? {} : { note: `the base image stands in ${workdir.value}` }),
    },
    edited(replaceSpan(word.span, wanted.replace(/(?<=.)\/$/, ''))),
  );
}
