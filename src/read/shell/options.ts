import type { ShellWord } from './tree.ts';
import { wordFrom } from './word-span.ts';

export interface OptionRules {
  /** Options that take a value, with their dashes: `-o`, `--output`, and `-wait` for programs with one dash only. */
  readonly withValue?: readonly string[];
  /** Options end at the first operand, as for `env` and `sudo`; GNU programs else take them anywhere. */
  readonly stopAtOperand?: boolean;
}

export interface Options {
  /**
   * By name with its dashes; the value, or true where there is none. Of a bundle `-qy` each letter is there (`-q`, `-y`)
   * and the whole (`-qy`) too, since only the program knows which is meant. An option given twice has its last value.
   */
  readonly flags: ReadonlyMap<string, ShellWord | true>;
  /** Every option in order, repeated ones included. */
  readonly all: readonly { readonly name: string; readonly value: ShellWord | true; readonly word: ShellWord }[];
  readonly operands: readonly ShellWord[];
}

/** Reads a command's arguments; `words` are those after its name (`command.words.slice(1)`). */
export function readOptions(words: readonly ShellWord[], rules: OptionRules = {}): Options {
  // A list, not a set: a set made for each command cost more than it saved, the lists being short.
  const withValue = rules.withValue ?? [];
  const flags = new Map<string, ShellWord | true>();
  const all: { name: string; value: ShellWord | true; word: ShellWord }[] = [];
  const operands: ShellWord[] = [];
  const add = (name: string, value: ShellWord | true, word: ShellWord): void => {
    flags.set(name, value);
    all.push({ name, value, word });
  };
  let at = 0;
  while (at < words.length) {
    const word = words[at++] as ShellWord;
    const { text } = word;
    if (text === '--') break;
    if (!text.startsWith('-') || text === '-') {
      operands.push(word);
      if (rules.stopAtOperand) break;
      continue;
    }
    const name = /^--?[^=]*/.exec(text)?.[0] ?? text;
    if (name.length < text.length && (text.startsWith('--') || withValue.includes(name))) {
      add(name, wordFrom(word, name.length + 1), word);
    } else if (withValue.includes(text)) {
      add(text, words[at] ?? true, word);
      at++;
    } else if (text.startsWith('--')) {
      add(text, true, word);
    } else if (addBundle(word, words[at], withValue, add)) {
      at++;
    }
  }
  // Not push(...rest): a command of 200,000 words would overflow the stack.
  return { flags, all, operands: operands.concat(words.slice(at)) };
}

/** Adds the letters of `-abc`; true where the last of them took the next word as its value. */
function addBundle(
  word: ShellWord,
  next: ShellWord | undefined,
  withValue: readonly string[],
  add: (name: string, value: ShellWord | true, word: ShellWord) => void,
): boolean {
  const { text } = word;
  if (text.length > 2) add(text, true, word);
  for (let at = 1; at < text.length && /[\w?#@%+]/.test(text[at] as string); at++) {
    const name = `-${text[at]}`;
    if (!withValue.includes(name)) {
      add(name, true, word);
    } else if (at + 1 < text.length) {
      add(name, wordFrom(word, at + 1), word);
      return false;
    } else {
      add(name, next ?? true, word);
      return next !== undefined;
    }
  }
  return false;
}
