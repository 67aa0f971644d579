import type { Span } from '../../vocabulary/span.ts';
import { readOptions } from './options.ts';
import type { Redirect, ShellCommand, ShellWord } from './tree.ts';
import { spanWithin } from './word-span.ts';
import { effectiveCommand } from './wrappers.ts';

/** A script given as an argument: hand `text` and `where` to `parseShell` to read it too. */
export interface InnerScript {
  /** The program that reads it: `sh`, `bash`, `su`, `eval`. */
  readonly shell: string;
  readonly text: string;
  /** False where an outer shell still expands something in it: the text then has `$x` as written. */
  readonly literal: boolean;
  readonly where: (start: number, end: number) => Span;
}

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'ksh93', 'mksh']);

/** The script in `sh -c '…'`, `bash -lc "…"`, `su user -c '…'`, `eval '…'`, behind wrappers too; undefined elsewhere. */
export function innerScript(command: Pick<ShellCommand, 'name' | 'words'>): InnerScript | undefined {
  const { name, words } = effectiveCommand(command);
  if (name === undefined) return undefined;
  const script = scriptWord(name, words.slice(1));
  if (!script) return undefined;
  const where = (start: number, end: number): Span => spanWithin(script, start, end);
  return { shell: name, text: script.text, literal: script.literal, where };
}

/** `bash -ex <<EOF`: the heredoc that a shell without a script of its own reads; undefined elsewhere. */
export function fedScript(command: Pick<ShellCommand, 'name' | 'words' | 'redirects'>): Redirect | undefined {
  const fed = command.redirects.findLast(({ body }) => body !== undefined);
  const { name, words } = fed ? effectiveCommand(command) : { name: undefined, words: [] };
  if (!fed || name === undefined || !shells.has(name)) return undefined;
  for (let at = 1; at < words.length; at++) {
    const { text } = words[at] as ShellWord;
    if (!/^[-+]/.test(text) || /^-[a-zA-Z]*c/.test(text)) return undefined;
    // `-o pipefail`: the name is no file to run.
    if (/^[-+][a-zA-Z]*o$/.test(text)) at++;
  }
  return fed;
}

function scriptWord(name: string, words: readonly ShellWord[]): ShellWord | undefined {
  if (shells.has(name)) return afterCommandFlag(words);
  if (name === 'eval') return words.length === 1 ? words[0] : undefined;
  if (name !== 'su' && name !== 'runuser') return undefined;
  const withValue = ['-c', '--command', '--session-command', '-s', '--shell', '-g', '-G', '-u', '-w'];
  const { flags } = readOptions(words, { withValue });
  const value = flags.get('-c') ?? flags.get('--command') ?? flags.get('--session-command');
  return value === true ? undefined : value;
}

/** `-c` takes no value of its own: the script is the first operand after all options (`bash -c -e 'script'`). */
function afterCommandFlag(words: readonly ShellWord[]): ShellWord | undefined {
  let asked = false;
  for (let at = 0; at < words.length; at++) {
    const { text } = words[at] as ShellWord;
    const isOption = text.length > 1 && (text.startsWith('-') || text.startsWith('+'));
    if (!isOption || text === '--') {
      const operand = text === '--' || text === '-' ? words[at + 1] : words[at];
      return asked ? operand : undefined;
    }
    if (text.startsWith('--')) {
      if (text === '--rcfile' || text === '--init-file') at++;
      continue;
    }
    if (text.startsWith('-') && text.includes('c')) asked = true;
    // `-euo pipefail`: each `o` and `O` takes a name from the words after it.
    for (const letter of text) if (letter === 'o' || letter === 'O') at++;
  }
  return undefined;
}
