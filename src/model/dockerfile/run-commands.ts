import type { Heredoc, Instruction } from '../../read/dockerfile/tree.ts';
import { commandFromArguments } from '../../read/shell/from-arguments.ts';
import { fedScript, innerScript } from '../../read/shell/inner-script.ts';
import { parseShell } from '../../read/shell/parse.ts';
import type { ShellCommand } from '../../read/shell/tree.ts';
import type { Span } from '../../vocabulary/span.ts';

export interface Commands {
  readonly commands: readonly ShellCommand[];
  /** False when some text could not be read as POSIX shell: another shell, or broken syntax. */
  readonly certain: boolean;
}

const none: Commands = { commands: [], certain: true };
// The longest of 1,000 public Dockerfiles runs some 100 commands in one instruction, in 10 kB.
const longestScript = 500_000;
const mostCommands = 5000;
// `sh -c "sh -c '…'"`: more than this is nobody's real file.
const innermost = 4;

/** What an instruction runs: RUN with its heredocs, CMD and ENTRYPOINT, the command of HEALTHCHECK. */
export function commandsOf(instruction: Instruction, shell: readonly string[]): Commands {
  const { keyword } = instruction;
  if (keyword !== 'RUN' && keyword !== 'CMD' && keyword !== 'ENTRYPOINT' && keyword !== 'HEALTHCHECK') return none;
  if (instruction.form === 'exec') {
    const words = keyword === 'HEALTHCHECK' ? instruction.words.slice(1) : instruction.words;
    return words.length === 0 ? none : opened([commandFromArguments(words)], true, 0);
  }
  if (!isPosixShell(shell)) return { commands: [], certain: false };
  if (keyword === 'HEALTHCHECK') {
    const command = instruction.words[1];
    return command ? scriptCommands(command.text, shifted(instruction, command.span.start), 0) : none;
  }
  const script = heredocScript(instruction);
  if (script) return scriptCommands(script.text, script.where, 0);
  const heredocs = instruction.heredocs.map(({ name, body }) => ({ name, body }));
  const read = parseShell(instruction.body.text, (start, end) => instruction.body.span(start, end), { heredocs });
  return opened(read.commands, read.certain, 0, instruction.heredocs);
}

/** Text of a shell script that stands in one place of a file, or is nowhere (`where` then points at a whole). */
export function scriptCommands(text: string, where: (start: number, end: number) => Span, depth = 0): Commands {
  const read = parseShell(text.slice(0, longestScript), where);
  return opened(read.commands, read.certain && text.length <= longestScript, depth);
}

export function isPosixShell(shell: readonly string[]): boolean {
  const name = shell[0]?.slice(shell[0].lastIndexOf('/') + 1) ?? 'sh';
  return ['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'busybox'].includes(name);
}

/** `RUN <<EOF`: the body is the script, run by the shell. `RUN python3 <<EOF` is a command with input instead. */
function heredocScript(instruction: Instruction) {
  const [first] = instruction.heredocs;
  if (instruction.keyword !== 'RUN' || !first || instruction.heredocs.length > 1) return undefined;
  if (!/^\d*<<-?\s*\S+\s*$/.test(instruction.body.text)) return undefined;
  // A shebang names another interpreter.
  if (/^#!(?!.*\b(?:ba|da|a|z|k)?sh\b)/.test(first.body)) return undefined;
  return { text: first.body, where: whereIn(first) };
}

function whereIn({ bodySpan, body, chomp }: Heredoc): (start: number, end: number) => Span {
  // Tabs that `<<-` removes shift columns; such a body is pointed at by its whole span.
  const exact = !chomp || bodySpan.end - bodySpan.start === body.length;
  return (start, end) =>
    exact ? { file: bodySpan.file, start: bodySpan.start + start, end: bodySpan.start + end } : bodySpan;
}

/** Spans inside a word that stands in the body as it is. */
function shifted(instruction: Instruction, start: number): (from: number, to: number) => Span {
  const { body } = instruction;
  let offset = 0;
  while (offset < body.text.length && body.at(offset) < start) offset++;
  return (from, to) => body.span(offset + from, offset + to);
}

/** Adds the commands inside `sh -c '…'` and `sh <<EOF` after the command that holds them. */
function opened(
  commands: readonly ShellCommand[],
  certain: boolean,
  depth: number,
  heredocs: readonly Heredoc[] = [],
): Commands {
  let sure = certain;
  const all: ShellCommand[] = [];
  for (const command of commands) {
    if (all.length >= mostCommands) return { commands: all, certain: false };
    all.push(command);
    const script = depth < innermost ? (innerScript(command) ?? fedTo(command, heredocs)) : undefined;
    if (!script) continue;
    const inner = scriptCommands(script.text, script.where, depth + 1);
    for (const one of inner.commands) all.push(one);
    sure &&= inner.certain;
  }
  return { commands: all, certain: sure };
}

/** A body that the instruction does not hold stands inside another script: it is pointed at by what asks for it. */
function fedTo(command: ShellCommand, heredocs: readonly Heredoc[]) {
  const fed = fedScript(command);
  if (fed?.body === undefined) return undefined;
  const heredoc = heredocs.find(({ body }) => body === fed.body);
  return { text: fed.body, where: heredoc ? whereIn(heredoc) : () => fed.span };
}
