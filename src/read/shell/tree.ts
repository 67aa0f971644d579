import type { Span } from '../../vocabulary/span.ts';

/** A shell text as a list of simple commands, in the order they stand, nested ones included. */
export interface Script {
  readonly commands: readonly ShellCommand[];
  /** False when some of the text could not be read: what was read is there, but judge it with less confidence. */
  readonly certain: boolean;
}

export type Joint = '&&' | '||' | ';' | '|' | '|&' | '&';

export interface ShellCommand {
  /** The command's name when it is literal (`apt-get`, `/usr/bin/curl`), without its folder; else undefined. */
  readonly name: string | undefined;
  /** Name first, then arguments. Empty for a bare assignment or redirection. */
  readonly words: readonly ShellWord[];
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  readonly span: Span;
  /** What joins it to the command before it in the same list; undefined for the first of a list. */
  readonly joint: Joint | undefined;
  /** Commands with the same number belong to one pipeline; ascending in order of appearance. */
  readonly pipeline: number;
  /** How this command is nested: `subshell`, `group`, `substitution`, `if`, `loop`, `case`, `function`, `condition`, outermost first. */
  readonly within: readonly Nesting[];
  /** `! command`. */
  readonly negated: boolean;
}

export type Nesting = 'subshell' | 'group' | 'substitution' | 'if' | 'loop' | 'case' | 'function' | 'condition';

export interface ShellWord {
  /** Quotes and escapes removed. Expansions stay as written (`$HOME/x`), so look at `literal` before trusting it. */
  readonly text: string;
  /** No variable, substitution, glob-free: what the program receives is exactly `text`. Globs do not count as expansion. */
  readonly literal: boolean;
  /** Names of the variables it expands, in order. */
  readonly variables: readonly string[];
  readonly quoted: boolean;
  readonly span: Span;
  /** Where a part of `text` was written; missing where `text` stands in the file as it is, from `span.start` on. */
  readonly spanOf?: (start: number, end: number) => Span;
}

export interface Assignment {
  readonly name: string;
  readonly value: ShellWord | undefined;
  readonly span: Span;
}

export interface Redirect {
  /** `>`, `>>`, `<`, `2>`, `&>`, `<<`, `<<<`, `2>&1` … as written, target not included. */
  readonly operator: string;
  readonly target: ShellWord | undefined;
  /** Heredoc body for `<<` and `<<-`. */
  readonly body?: string;
  readonly span: Span;
}
