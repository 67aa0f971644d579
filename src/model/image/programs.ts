import { type Options, readOptions } from '../../read/shell/options.ts';
import type { ShellCommand, ShellWord } from '../../read/shell/tree.ts';
import { effectiveCommand } from '../../read/shell/wrappers.ts';

export type { Options } from '../../read/shell/options.ts';
export type { Redirect, ShellCommand, ShellWord } from '../../read/shell/tree.ts';

/** The program a command runs in the end: `sudo`, `env`, `exec` and their kind are looked through. */
export interface Program {
  /** Without its folder; undefined where a variable names it. */
  readonly name: string | undefined;
  /** As called, folder and all: `./configure`. */
  readonly path: ShellWord | undefined;
  readonly args: readonly ShellWord[];
  /** Wrappers it is called through, outermost first. */
  readonly through: readonly string[];
  /** Its arguments read as options; `withValue` names those that take one, `stopAtOperand` for programs like `env`. */
  options(withValue?: readonly string[], stopAtOperand?: boolean): Options;
}

export function programOf(command: ShellCommand): Program {
  const { name, words, through } = effectiveCommand(command);
  const args = words.slice(1);
  return {
    name,
    path: words[0],
    args,
    through,
    options: (withValue = [], stopAtOperand = false) => readOptions(args, { withValue, stopAtOperand }),
  };
}
