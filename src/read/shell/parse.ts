import type { Span } from '../../vocabulary/span.ts';
import type { Reading } from './expansion-reader.ts';
import { ScriptReader } from './script-reader.ts';
import type { Script, ShellCommand } from './tree.ts';

export interface ShellOptions {
  /** Heredoc bodies that stand outside `text`, in order: a Dockerfile's reader takes them out of the RUN line. */
  readonly heredocs?: readonly { readonly name: string; readonly body: string }[];
}

/**
 * Reads shell text (POSIX sh and bash) into its simple commands, those in substitutions, loops and functions included.
 * `where` turns offsets of `text` into places in a file. Never throws: what cannot be read sets `certain` to false, and
 * reading goes on after it. Time is linear in the text.
 *
 * https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html, https://www.gnu.org/software/bash/manual/
 */
export function parseShell(
  text: string,
  where: (start: number, end: number) => Span,
  options: ShellOptions = {},
): Script {
  const reading: Reading = {
    commands: [],
    pipelines: 0,
    certain: true,
    depth: 0,
    lookahead: 4 * text.length + 1000,
    heredocs: options.heredocs ?? [],
    nextHeredoc: 0,
  };
  new ScriptReader(text, where, reading, []).readAll();
  const commands = reading.commands.filter((command): command is ShellCommand => command !== undefined);
  // Text that is read twice (an arithmetic that turns out to be two subshells) may leave what stands in it out of order.
  if (!reading.certain) commands.sort((first, second) => first.span.start - second.span.start);
  return { commands, certain: reading.certain };
}
