import type { LogicalLine } from './logical-line.ts';
import { isSeparator, isSpace } from './space.ts';
import type { Pair } from './tree.ts';

/**
 * Words between white space where quotes hold words together and the escape character takes the next one's meaning.
 * Nothing is removed but an escape character at the very end (BuildKit's parseWords). Start and end in turn.
 */
export function quotedWords(text: string, start: number, end: number, escapeChar: string): number[] {
  const escapeCode = escapeChar.charCodeAt(0);
  const words: number[] = [];
  let at = start;
  while (at < end) {
    if (isSpace(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const from = at;
    let quote = 0;
    let dropped = 0;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (quote === 0 && isSpace(code)) break;
      if (code === escapeCode && quote !== 39) {
        if (at + 1 === end) dropped = 1;
        else at++;
      } else if (quote === 0 && (code === 34 || code === 39)) quote = code;
      else if (code === quote) quote = 0;
    }
    if (at - dropped > from) words.push(from, at - dropped);
  }
  return words;
}

/** What is wrong with a list of pairs, and where in the line. */
export interface PairFault {
  readonly code: 'missing-value' | 'missing-equals';
  readonly start: number;
  readonly end: number;
}

export interface PairsRead {
  readonly pairs: readonly Pair[];
  readonly fault?: PairFault;
}

/** ENV and LABEL: `key=value …`, or, when the first word has no `=`, the legacy `key value to the end`. */
export function readPairs(line: LogicalLine, start: number, end: number, escapeChar: string): PairsRead {
  const { text } = line;
  const words = quotedWords(text, start, end, escapeChar);
  const [firstStart, firstEnd] = words;
  if (firstStart === undefined || firstEnd === undefined) return { pairs: [] };
  const equals = text.indexOf('=', firstStart);
  if (equals === -1 || equals >= firstEnd) return readLegacyPair(line, start, end);
  let fault: PairFault | undefined;
  const pairs: Pair[] = [];
  for (let index = 0; index < words.length; index += 2) {
    const pair = pairOf(line, words[index] ?? 0, words[index + 1] ?? 0);
    if (pair.separator === '') {
      fault ??= { code: 'missing-equals', start: words[index] ?? 0, end: words[index + 1] ?? 0 };
    }
    pairs.push(pair);
  }
  return fault ? { pairs, fault } : { pairs };
}

/** ARG: every word is `name` or `name=value`. */
export function readNames(line: LogicalLine, start: number, end: number, escapeChar: string): readonly Pair[] {
  const words = quotedWords(line.text, start, end, escapeChar);
  const pairs: Pair[] = [];
  for (let index = 0; index < words.length; index += 2)
    pairs.push(pairOf(line, words[index] ?? 0, words[index + 1] ?? 0));
  return pairs;
}

function pairOf(line: LogicalLine, start: number, end: number): Pair {
  const word = line.text.slice(start, end);
  const split = word.indexOf('=');
  const span = line.span(start, end);
  if (split === -1) return { key: word, value: undefined, keySpan: span, valueSpan: undefined, span, separator: '' };
  return {
    key: word.slice(0, split),
    value: word.slice(split + 1),
    keySpan: line.span(start, start + split),
    valueSpan: line.span(start + split + 1, end),
    span,
    separator: '=',
  };
}

function readLegacyPair(line: LogicalLine, start: number, end: number): PairsRead {
  const { text } = line;
  let keyEnd = start;
  while (keyEnd < end && !isSeparator(text.charCodeAt(keyEnd))) keyEnd++;
  let valueStart = keyEnd;
  while (valueStart < end && isSeparator(text.charCodeAt(valueStart))) valueStart++;
  const key = text.slice(start, keyEnd);
  const keySpan = line.span(start, keyEnd);
  if (keyEnd === end) {
    const pair: Pair = { key, value: undefined, keySpan, valueSpan: undefined, span: keySpan, separator: '' };
    return { pairs: [pair], fault: { code: 'missing-value', start, end: keyEnd } };
  }
  const pair: Pair = {
    key,
    value: text.slice(valueStart, end),
    keySpan,
    valueSpan: line.span(valueStart, end),
    span: line.span(start, end),
    separator: ' ',
  };
  return { pairs: [pair] };
}
