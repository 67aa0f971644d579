import type { Span } from '../../vocabulary/span.ts';
import type { ShellWord } from './tree.ts';

/** Where a part of a word's text was written; the whole word's place where that cannot be told. */
export function spanWithin(word: Pick<ShellWord, 'text' | 'span' | 'spanOf'>, start: number, end: number): Span {
  if (word.spanOf) return word.spanOf(start, end);
  const { file, start: from, end: to } = word.span;
  const extra = to - from - word.text.length;
  // As written, or between two quotes with nothing escaped, as most JSON strings are.
  if (extra !== 0 && extra !== 2) return word.span;
  const first = from + extra / 2;
  return { file, start: first + start, end: first + end };
}

/** The word without its first `count` characters, as the value in `--name=value`. */
export function wordFrom(word: ShellWord, count: number): ShellWord {
  const { text } = word;
  return {
    ...word,
    text: text.slice(count),
    span: spanWithin(word, count, text.length),
    spanOf: (start, end) => spanWithin(word, start + count, end + count),
  };
}
