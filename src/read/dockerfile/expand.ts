import { type Environment, type LexOptions, lexShell } from './shell-lexer.ts';

export interface Expansion {
  /** Absent when BuildKit refuses the word. */
  readonly text?: string;
  /** Why it refuses. */
  readonly error?: string;
  /** Variables that were asked for and set. */
  readonly used: readonly string[];
  /** Variables that were asked for and not set, also where a default stood in. */
  readonly unset: readonly string[];
}

/**
 * A word with its quotes removed and its variables replaced, as BuildKit does in every instruction but the shell forms.
 * `escapeChar` is the tree's. The environment is asked once per mention.
 */
export function expandWord(word: string, env: Environment, escapeChar = '\\', options: LexOptions = {}): Expansion {
  if (!needsLexing(word, escapeChar)) return { text: word, used: [], unset: [] };
  const { text, error, used, unset } = lexShell(word, env, escapeChar, options);
  return error === undefined ? { text, used, unset } : { error, used, unset };
}

/** The same, split at white space afterwards (quotes hold words together); `[]` when BuildKit refuses the text. */
export function expandWords(text: string, env: Environment, escapeChar = '\\', options: LexOptions = {}): string[] {
  return lexShell(text, env, escapeChar, options).words.map((word) => word.text);
}

function needsLexing(word: string, escapeChar: string): boolean {
  return word.includes('$') || word.includes(escapeChar) || word.includes('"') || word.includes("'");
}
