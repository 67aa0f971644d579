import { edited, fixOf } from '../edit/change.ts';
import { keywordAs, removeInstruction, replaceInstruction } from '../edit/dockerfile.ts';
import type { Dockerfile } from '../model/dockerfile/dockerfile.ts';
import type { Instruction } from '../read/dockerfile/tree.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** https://github.com/opencontainers/image-spec/blob/main/annotations.md */
const authors = 'org.opencontainers.image.authors';

/** MAINTAINER as the label that took its place; as nothing where a label says it already. */
export function labelAuthors(dockerfile: Dockerfile, instruction: Instruction): Cure | undefined {
  const { tree } = dockerfile;
  const body = instruction.body.text.trim();
  if (body === '') return undefined;
  const stage = dockerfile.stages.find(({ steps }) => steps.some((step) => step.instruction === instruction));
  const isSaid = stage?.steps.some(
    (step) =>
      step.instruction.keyword === 'LABEL' && step.instruction.pairs.some(({ key }) => unquoted(key) === authors),
  );
  if (isSaid)
    return fixOf(
      { title: `Remove MAINTAINER: ${authors} says it`, safety: 'safe' },
      edited(removeInstruction(dockerfile, instruction)),
    );
  // MAINTAINER takes its text as it is, quotes and dollars included; who wrote quotes around all of it meant none.
  const name = unquoted(body).replace(/["$\\`]/g, (char) =>
    char === '"' || char === '$' || char === tree.escape ? `${tree.escape}${char}` : char,
  );
  return fixOf(
    { title: `Name the author in the label ${authors}`, safety: 'safe' },
    edited(replaceInstruction(instruction, `${keywordLike(dockerfile, instruction)} ${authors}="${name}"`)),
  );
}

function keywordLike(dockerfile: Dockerfile, { written }: Instruction): string {
  return written === written.toLowerCase() ? 'label' : keywordAs(dockerfile, 'LABEL');
}

function unquoted(text: string): string {
  return /^(["'])(?:(?!\1)[^\\])*\1$/.test(text) ? text.slice(1, -1) : text;
}
