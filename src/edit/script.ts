import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { ShellCommand, ShellWord } from '../read/shell/tree.ts';
import type { Edit } from '../vocabulary/fix.ts';
import type { Span } from '../vocabulary/span.ts';
import { insertBehind, lineEndOf } from './dockerfile.ts';

/**
 * Edits of the shell script that a RUN holds: words of a command, and commands put in or taken out. What cannot be done
 * without a change of meaning gives undefined. A list `a; b && c` ends as `b && c` does, so that ` && d` behind it runs
 * only where the whole went well, whatever joins the commands before.
 */

/** A word directly behind another of the same command; undefined where the word's text is not what stands in the file. */
export function wordBehind(step: Step, word: ShellWord | undefined, text: string): Edit | undefined {
  return word && isExact(step, word) ? insertBehind(word, ` ${text}`) : undefined;
}

/** Another text for a word; undefined as above. */
export function replaceWord(step: Step, word: ShellWord | undefined, text: string): Edit | undefined {
  return word && isExact(step, word) ? { span: word.span, text } : undefined;
}

/** Takes a word out, with the blanks before it. */
export function removeWord(step: Step, word: ShellWord): Edit | undefined {
  if (!isExact(step, word)) return undefined;
  const { span } = word;
  let { start } = span;
  const { text } = step.stage.dockerfile.tree;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  return { span: { ...span, start }, text: '' };
}

function isExact(step: Step, { span, text }: ShellWord): boolean {
  return step.stage.dockerfile.tree.text.slice(span.start, span.end) === text;
}

/** Commands of the RUN's own list, in order: none that is nested, none of a `sh -c` inside. */
export function ownCommands(step: Step): readonly ShellCommand[] {
  return outermost(step).filter(({ within }) => within.length === 0);
}

/** Those and the nested ones of compound commands; none that stands inside another's words. */
function outermost(step: Step): readonly ShellCommand[] {
  const found: ShellCommand[] = [];
  let end = -1;
  for (const command of step.commands) {
    if (command.span.start < end || command.within.includes('substitution')) continue;
    found.push(command);
    end = command.span.end;
  }
  return found;
}

/** `sudo ` where the command is called with it, and the build is not root already. */
export function sudoOf({ user }: Step, { through }: { readonly through: readonly string[] }): string {
  return through.includes('sudo') && user?.value !== 'root' && user?.value !== '0' ? 'sudo ' : '';
}

/** A shell form that was read whole; a heredoc is one when its body is the script. */
export function isScript({ instruction, certain, commands }: Step): boolean {
  if (instruction.keyword !== 'RUN' || instruction.form === 'exec' || !certain || commands.length === 0) return false;
  return instruction.heredocs.length === 0 || heredocOf(instruction) !== undefined;
}

export function heredocOf({ heredocs, body }: Step['instruction']) {
  const [first, second] = heredocs;
  return first && !second && /^\d*<<-?\s*\S+\s*$/.test(body.text) ? first : undefined;
}

/** `a && b` becomes `a && b && text`: it runs when all before went well, and last. `joint`: how, if not as the RUN does. */
export function appendCommand(step: Step, text: string, joint?: string): Edit | undefined {
  if (!isScript(step)) return undefined;
  const { tree } = step.stage.dockerfile;
  const last = outermost(step).at(-1);
  const { instruction } = step;
  const heredoc = heredocOf(instruction);
  if (!last || /^(?:exit|exec|return)$/.test(last.name ?? '')) return undefined;
  const end = heredoc ? heredoc.bodySpan.end : instruction.body.at(instruction.body.text.length);
  const rest = tree.text.slice(last.span.end, end);
  // What closes compound commands; anything else (a comment, `&`, a redirection) would swallow or change what is put in.
  const closing = /^(?:[\s;]|\\\r?\n|`\r?\n|\bfi\b|\bdone\b|\besac\b|[)}])*/.exec(rest)?.[0] ?? '';
  if (closing.length < rest.length) return undefined;
  const closed = closing.replace(/(?:[\s;]|\\\r?\n|`\r?\n)+$/, '');
  if ((closed === '') !== (last.within.length === 0)) return undefined;
  const at = last.span.end + closed.length;
  const gap = heredoc
    ? stopsAtFailure(step)
      ? `${lineEndOf(step.stage.dockerfile)}${indentAt(tree.text, last.span.start)}`
      : ' && '
    : (joint ?? gapBefore(step, text, at));
  return { span: { file: tree.file, start: at, end: at }, text: `${gap}${text}` };
}

/** `a && b` becomes `a && text && b`, text directly behind the given command; undefined where that is not a plain `&&` or `;`. */
export function commandBehind(step: Step, command: ShellCommand, text: string): Edit | undefined {
  const own = outermost(step);
  const index = own.indexOf(command);
  if (!isScript(step) || index === -1) return undefined;
  if (index === own.length - 1) return appendCommand(step, text);
  if (command.within.length > 0 || !isPlain(command.joint)) return undefined;
  const next = own[index + 1];
  if (!next || next.within.length > 0 || !isPlain(next.joint) || next.joint === undefined) return undefined;
  const gap = textBetween(step, command.span, next.span);
  // In a list of `;` that does not stop, the command's failure was overlooked before and may be so still.
  if (!isGap(step, gap)) return undefined;
  const { end, file } = command.span;
  return { span: { file, start: end, end }, text: `${bare(step, gap)}${text}` };
}

/** `a && b` becomes `a && text && b` with the text in front of the given command. */
export function commandBefore(step: Step, command: ShellCommand, text: string): Edit | undefined {
  const own = outermost(step);
  const index = own.indexOf(command);
  if (!isScript(step) || index === -1 || command.within.length > 0 || !isPlain(command.joint)) return undefined;
  const next = own[index + 1];
  if (next && !isPlain(next.joint) && next.within.length === 0) return undefined;
  const { start, file } = command.span;
  const heredoc = heredocOf(step.instruction);
  const gap = heredoc
    ? stopsAtFailure(step)
      ? `${lineEndOf(step.stage.dockerfile)}${indentAt(step.stage.dockerfile.tree.text, start)}`
      : ' && '
    : gapLike(step);
  return { span: { file, start, end: start }, text: `${text}${gap}` };
}

/** Takes a command of the list out, with what joins it to its neighbour; undefined where it is the only one. */
export function removeCommand(step: Step, command: ShellCommand): Edit | undefined {
  const own = outermost(step);
  const index = own.indexOf(command);
  if (!isScript(step) || index === -1 || command.within.length > 0 || !isPlain(command.joint)) return undefined;
  const { file, start, end } = command.span;
  const next = own[index + 1];
  if (next && !isPlain(next.joint)) return undefined;
  if (next && next.within.length === 0 && isGap(step, textBetween(step, command.span, next.span)))
    return { span: { file, start, end: next.span.start }, text: '' };
  const before = own[index - 1];
  if (next || !before || before.within.length > 0) return undefined;
  if (!isGap(step, textBetween(step, before.span, command.span))) return undefined;
  return { span: { file, start: before.span.end, end }, text: '' };
}

/** `set -e`, in the script or in its SHELL. */
export function stopsAtFailure(step: Step): boolean {
  return (
    step.shell.slice(1).some((word) => /^-[a-z]*e/.test(word) || word === 'errexit') ||
    ownCommands(step)[0]?.words.some(({ text }, index, [first]) =>
      first?.text === 'set' && index > 0 ? /^-[a-z]*e/.test(text) || text === 'errexit' : false,
    ) === true
  );
}

function isPlain(joint: ShellCommand['joint']): boolean {
  return joint === undefined || joint === '&&' || joint === ';';
}

function textBetween(step: Step, first: Span, second: Span): string {
  return step.stage.dockerfile.tree.text.slice(first.end, second.start);
}

/** Only a joint, blanks, and what continues the line: no word of a compound command, no redirection. */
function isGap(step: Step, gap: string): boolean {
  const plain = withoutComments(step, gap);
  return heredocOf(step.instruction) !== undefined
    ? /^\s*(?:&&|;|\n)\s*$/.test(plain) || /^\s*\n\s*$/.test(plain)
    : /^(?:\s|\\\r?\n|`\r?\n)*(?:&&|;)(?:\s|\\\r?\n|`\r?\n)*$/.test(plain);
}

function withoutComments(step: Step, gap: string): string {
  return heredocOf(step.instruction) ? gap : gap.replace(/^[ \t]*#.*\n/gm, '');
}

/** The same without empty lines: as one would write it. */
function bare(step: Step, gap: string): string {
  return withoutComments(step, gap).replace(/\n\s*\n/g, '\n');
}

/** How this RUN joins its commands, most of all near its end: ` && `, or on a line of its own. */
function gapLike(step: Step): string {
  const own = ownCommands(step);
  let found: string | undefined;
  for (let index = own.length - 1; index > 0 && !found?.includes('\n'); index--) {
    const [first, second] = [own[index - 1], own[index]];
    if (!first || !second || !isPlain(second.joint)) continue;
    const gap = withoutComments(step, textBetween(step, first.span, second.span));
    // A line for each: told from two that share a line and a list of packages below them.
    if (isGap(step, gap) && (found === undefined || gap.includes('\n'))) found = bare(step, gap);
  }
  if (found === undefined) return ' && ';
  return found.includes(';') && !stopsAtFailure(step) ? found.replace(/\s*;/, ' &&') : found;
}

/** The same for a command put in at the end, where a new line is begun if the RUN has several. */
function gapBefore(step: Step, text: string, at: number): string {
  const { dockerfile } = step.stage;
  const gap = gapLike(step);
  if (gap.includes('\n')) return gap;
  const { tree } = dockerfile;
  const { span } = step.instruction;
  const written = tree.text.slice(span.start, at);
  const line = written.slice(written.lastIndexOf('\n') + 1);
  if (!written.includes('\n') && line.length + text.length + 4 <= 120) return gap;
  const indent = /\n([ \t]+)\S/.exec(written)?.[1] ?? '    ';
  const eol = lineEndOf(dockerfile);
  return gap.includes(';') ? `; ${tree.escape}${eol}${indent}` : ` ${tree.escape}${eol}${indent}&& `;
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}
