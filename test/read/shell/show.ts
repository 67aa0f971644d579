import { parseShell, type ShellOptions } from '../../../src/read/shell/parse.ts';
import type { Script, ShellCommand, ShellWord } from '../../../src/read/shell/tree.ts';

export const where = (start: number, end: number) => ({ file: 'x.sh', start, end });

export const read = (text: string, options?: ShellOptions): Script => parseShell(text, where, options);

export function onlyCommand(text: string): ShellCommand {
  const { commands } = read(text);
  if (commands.length !== 1 || !commands[0]) throw new Error(`${commands.length} commands in ${text}`);
  return commands[0];
}

export function onlyWord(text: string): ShellWord {
  const [name, word, more] = onlyCommand(`echo ${text}`).words;
  if (name === undefined || word === undefined || more !== undefined) throw new Error(`not one word: ${text}`);
  return word;
}

/** A command on one line: how it is nested and joined, its assignments, words in «», redirections. */
export function show(command: ShellCommand): string {
  const redirects = command.redirects.map(({ operator, target }) => operator + (target ? ` ${target.text}` : ''));
  return [
    ...command.within.map((kind) => `${kind}:`),
    ...(command.joint === undefined ? [] : [command.joint]),
    ...(command.negated ? ['!'] : []),
    ...command.assignments.map(({ name, value }) => `${name}=${value?.text ?? ''}`),
    ...command.words.map(({ text }) => (/^[\w./:=@%+,*-]+$/.test(text) ? text : `«${text}»`)),
    ...redirects,
  ].join(' ');
}
