import { edited, fixOf, leftBecause } from '../edit/change.ts';
import type { Dockerfile } from '../model/dockerfile/dockerfile.ts';
import { instructionTable } from '../read/dockerfile/instruction-table.ts';
import type { Cure, Edit } from '../vocabulary/fix.ts';
import type { Span } from '../vocabulary/span.ts';

/** The blank lines of one continued instruction taken out, which Docker skips anyway. */
export function joinLines({ tree }: Dockerfile, blank: Span): Cure | undefined {
  const instruction = tree.instructions.find(({ span }) => span.start < blank.start && blank.start < span.end);
  if (!instruction) return undefined;
  const { text } = tree;
  const edits: Edit[] = [];
  const heredoc = instruction.heredocs[0]?.bodySpan.start ?? instruction.span.end;
  let at = text.lastIndexOf('\n', blank.start - 1) + 1;
  while (at < heredoc) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 ? text.length : newline + 1;
    const line = text.slice(at, next);
    const isBlank = line.trim() === '';
    const last = edits.at(-1);
    if (isBlank && last?.span.end === at) edits[edits.length - 1] = { span: { ...last.span, end: next }, text: '' };
    else if (isBlank) edits.push({ span: { ...blank, start: at, end: next }, text: '' });
    else if (edits.at(-1)?.span.end === at && startsInstruction(line))
      return leftBecause(
        `the line below ("${line.trim().slice(0, 40)}") is swallowed by this instruction: only you know whether it is one of its own`,
      );
    at = next;
  }
  return fixOf({ title: 'Remove the empty lines inside the instruction', safety: 'safe' }, edited(...edits));
}

function startsInstruction(line: string): boolean {
  const word = /^\s*([A-Z]+)\s/.exec(line)?.[1];
  return word !== undefined && instructionTable.has(word);
}
