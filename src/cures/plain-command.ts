import type { ShellCommand } from '../model/image/programs.ts';

/** Commands of the shell that no file of the system is. */
const ofTheShell: ReadonlySet<string> = new Set(
  'cd source . export set eval exec ulimit umask trap wait read shift unset local exit return alias while for if case'.split(
    ' ',
  ),
);

/** `cd`, `export`: no program could take its place. */
export function isOfTheShell(word: string): boolean {
  return ofTheShell.has(word);
}

/** Every word is what the program gets, nothing else is there: no variables, patterns, redirections. */
export function isPlain(command: ShellCommand, body: string): boolean {
  if (command.assignments.length > 0 || command.redirects.length > 0 || command.negated || command.within.length > 0)
    return false;
  if (!command.words.every(({ literal, text, quoted }) => literal && (quoted || !/[*?~]|\[.*\]/.test(text))))
    return false;
  // Something else stands there that is no word: a comment, a semicolon.
  return !/[;#&|<>(){}]/.test(body.replace(/'[^']*'|"[^"]*"|\\./g, ''));
}

/** Commands as they stand in the text, without those inside `sh -c "…"` of another. */
export function outermost(commands: readonly ShellCommand[]): ShellCommand[] {
  const found: ShellCommand[] = [];
  for (const command of commands) {
    const around = found.at(-1);
    const isInside = around && command.span.start > around.span.start && command.span.end <= around.span.end;
    if (!isInside) found.push(command);
  }
  return found;
}
