import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { Edit } from '../vocabulary/fix.ts';
import { lineEndOf } from './dockerfile.ts';
import { heredocOf, isScript, ownCommands } from './script.ts';

/**
 * Two RUNs, one directly below the other, as one: `RUN a` and `RUN b` become `RUN a && b`, comments between them kept.
 * Undefined where the second does more than a list of `&&`, or they differ in flags, user or shell: then it would mean
 * something else. The edit takes the first's last character along, since that is the instruction that changes.
 */
export function joinRuns(first: Step, second: Step): { readonly edit: Edit; readonly joint: string } | undefined {
  if (first.stage !== second.stage || second.index !== first.index + 1) return undefined;
  const [one, other] = [first.instruction, second.instruction];
  if (![first, second].every((step) => isScript(step) && !heredocOf(step.instruction))) return undefined;
  if (one.flags.length + other.flags.length > 0) return undefined;
  const own = ownCommands(second);
  if (own.length === 0 || second.commands.some((command) => !own.includes(command))) return undefined;
  if (!own.every(({ joint }) => joint === undefined || joint === '&&')) return undefined;
  const { dockerfile } = first.stage;
  const { text, escape: mark } = dockerfile.tree;
  const between = text.slice(one.span.end, other.keywordSpan.start);
  // Only blanks, and comments on lines of their own.
  if (!/^[ \t]*(?:\r?\n[ \t]*(?:#.*)?)*\r?\n[ \t]*$/.test(between)) return undefined;
  const start = own[0]?.span.start;
  if (start === undefined || /\S/.test(text.slice(other.keywordSpan.end, start).replace(/[\\`]\r?\n/g, '')))
    return undefined;
  // A comment or an operator behind the last command would take in what follows.
  const end = ownCommands(first).at(-1)?.span.end;
  if (end !== one.span.end) return undefined;
  const comments = between.split(/\r?\n/).filter((line) => line.trim().startsWith('#'));
  const eol = lineEndOf(dockerfile);
  const written = text.slice(one.span.start, one.span.end);
  const indent = /\n([ \t]+)\S/.exec(written)?.[1] ?? '    ';
  const kept = comments.map((line) => `${line.trimEnd()}${eol}`).join('');
  return {
    edit: {
      span: { file: one.span.file, start: one.span.end - 1, end: start },
      text: `${text[one.span.end - 1]} ${mark}${eol}${kept}${indent}&& `,
    },
    joint: ` ${mark}${eol}${indent}&& `,
  };
}
