import type { Dockerfile, Stage } from '../model/dockerfile/dockerfile.ts';
import type { Flag, Instruction, Word } from '../read/dockerfile/tree.ts';
import type { Edit } from '../vocabulary/fix.ts';
import type { Span } from '../vocabulary/span.ts';
import { lineEnd, lineStart, nextLine } from './yaml/place.ts';

/** Edits of Dockerfiles: whole instructions, or words of them. Comments above an instruction stay with it. */

/** Lines of their own below an instruction. */
export function insertAfter(dockerfile: Dockerfile, { span }: Instruction, lines: readonly string[]): Edit {
  const eol = lineEndOf(dockerfile);
  return at(span.file, span.end, lines.map((line) => `${eol}${indentOf(dockerfile, span)}${line}`).join(''));
}

/** Lines of their own above an instruction, and above the comments that belong to it. */
export function insertBefore(dockerfile: Dockerfile, instruction: Instruction, lines: readonly string[]): Edit {
  const eol = lineEndOf(dockerfile);
  const { text } = dockerfile.tree;
  const first = instruction.comments[0];
  const start = lineStart(
    text,
    first && first.span.start < instruction.span.start ? first.span.start : instruction.span.start,
  );
  return at(
    instruction.span.file,
    start,
    lines.map((line) => `${indentOf(dockerfile, instruction.span)}${line}${eol}`).join(''),
  );
}

/** The first instruction of a stage that says how its image starts. */
export function startOf({ steps }: Stage): Instruction | undefined {
  return steps.find(({ instruction }) => /^(?:CMD|ENTRYPOINT)$/.test(instruction.keyword))?.instruction;
}

/** Lines above the instruction that starts the image; at the end of the stage where it has none. */
export function insertBeforeStart(stage: Stage, lines: readonly string[]): Edit {
  const start = startOf(stage);
  const last = stage.steps.at(-1)?.instruction ?? stage.from.instruction;
  return start ? insertBefore(stage.dockerfile, start, lines) : insertAfter(stage.dockerfile, last, lines);
}

/** The instruction as a whole, its continuation lines included. Comments inside it must be in `text`, or nothing is done. */
export function replaceInstruction({ span }: Instruction, text: string): Edit {
  return { span, text };
}

/** Takes the instruction's lines out; comments above it stay. */
export function removeInstruction(dockerfile: Dockerfile, { span }: Instruction): Edit {
  const { text } = dockerfile.tree;
  const start = lineStart(text, span.start);
  const end = nextLine(text, span.end);
  // The last line of a file that does not end in a line end takes the one before with it.
  if (end === text.length && !text.endsWith('\n') && start > lineStart(text, 0))
    return { span: { ...span, start: text[start - 2] === '\r' ? start - 2 : start - 1, end }, text: '' };
  return { span: { ...span, start, end }, text: '' };
}

/** A new text for a span: a word, a flag, a keyword. */
export function replaceSpan(span: Span, text: string): Edit {
  return { span, text };
}

/** Text directly behind a word: ` --no-install-recommends`. */
export function insertBehind({ span }: Pick<Word, 'span'>, text: string): Edit {
  return at(span.file, span.end, text);
}

/** `RUN` or `run`, as most of the file writes its keywords. */
export function keywordAs(dockerfile: Dockerfile, keyword: string): string {
  const { instructions } = dockerfile.tree;
  const lower = instructions.filter(({ written }) => written === written.toLowerCase()).length;
  return lower * 2 > instructions.length ? keyword.toLowerCase() : keyword;
}

export function lineEndOf(dockerfile: Dockerfile): '\n' | '\r\n' {
  return /^[^\n]*\r\n/.test(dockerfile.tree.text) ? '\r\n' : '\n';
}

/** What stands before the instruction in its line. */
function indentOf(dockerfile: Dockerfile, span: Span): string {
  const { text } = dockerfile.tree;
  const head = text.slice(lineStart(text, span.start), span.start);
  return /^[ \t]*$/.test(head) ? head : '';
}

/** The rest of the line behind an offset: for comments and continuation characters. */
export function restOfLine(dockerfile: Dockerfile, offset: number): string {
  return dockerfile.tree.text.slice(offset, lineEnd(dockerfile.tree.text, offset));
}

function at(file: string, offset: number, text: string): Edit {
  return { span: { file, start: offset, end: offset }, text };
}

/** Takes a flag out, with the blanks behind it. */
export function removeFlag(dockerfile: Dockerfile, { span }: Flag): Edit {
  const { text } = dockerfile.tree;
  let { end } = span;
  while (text[end] === ' ' || text[end] === '\t') end++;
  // A line of its own goes as a whole.
  const rest = /^[\\`]\r?\n[ \t]*/.exec(text.slice(end, end + 200))?.[0];
  if (rest && /^[ \t]*$/.test(text.slice(lineStart(text, span.start), span.start))) end += rest.length;
  return { span: { ...span, end }, text: '' };
}

/** Flags directly behind the keyword, in the line where that leaves it readable. */
export function addFlags(dockerfile: Dockerfile, { keywordSpan, span }: Instruction, flags: readonly string[]): Edit {
  const { text } = dockerfile.tree;
  const line = text.slice(lineStart(text, keywordSpan.start), lineEnd(text, keywordSpan.end));
  const isOneLine = !text.slice(span.start, span.end).includes('\n');
  const isShort = flags.length === 1 && isOneLine && line.length + (flags[0]?.length ?? 0) < 120;
  const newLine = ` ${dockerfile.tree.escape}${lineEndOf(dockerfile)}    `;
  // The blank between keyword and command is there already.
  const added = isShort ? ` ${flags[0]}` : ` ${flags.join(newLine)}${newLine.slice(0, -1)}`;
  return at(keywordSpan.file, keywordSpan.end, added);
}
