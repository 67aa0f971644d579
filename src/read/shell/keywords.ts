import { endsWord } from './chars.ts';

/** Words that end a list of commands, or one part of a compound command. */
export const closingWords: ReadonlySet<string> = new Set(['then', 'do', 'done', 'elif', 'else', 'fi', 'esac', '}']);
/** Words that begin a compound command, where a command may begin. */
export const openingWords: ReadonlySet<string> = new Set([
  'if',
  'while',
  'until',
  'for',
  'select',
  'case',
  'function',
  'coproc',
  '{',
  '[[',
]);

const longest = 'function'.length;
const firsts = new Set(Array.from([...closingWords, ...openingWords], (word) => word.charCodeAt(0)));

/** The reserved word that stands here, unquoted and whole; undefined for any other word. */
export function keywordAt(text: string, at: number, end: number): string | undefined {
  if (at >= end || !firsts.has(text.charCodeAt(at))) return undefined;
  let last = at + 1;
  while (last < end && !endsWord(text.charCodeAt(last))) {
    if (++last - at > longest) return undefined;
  }
  const word = text.slice(at, last);
  return closingWords.has(word) || openingWords.has(word) ? word : undefined;
}
