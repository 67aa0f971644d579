import type { LogicalLine } from './logical-line.ts';
import { isSpace } from './space.ts';
import type { Flag } from './tree.ts';

export interface FlagsRead {
  readonly flags: readonly Flag[];
  /** Where the arguments begin in the line. */
  readonly end: number;
}

const noFlags: readonly Flag[] = [];

/**
 * The `--name=value` words at the beginning of `start..end`: up to the first word without `--`, or a bare `--`, which is
 * dropped. Quotes are removed and `\` escapes here whatever the escape directive says (BuildKit's extractBuilderFlags).
 */
export function readFlags(line: LogicalLine, start: number, end: number): FlagsRead {
  const { text } = line;
  let at = start;
  let flags: Flag[] | undefined;
  for (;;) {
    while (at < end && isSpace(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== 45 || text.charCodeAt(at + 1) !== 45 || at + 1 >= end) break;
    const word = readWord(text, at, end);
    if (word.text === '--') return { flags: flags ?? noFlags, end: word.end };
    flags ??= [];
    flags.push(flagOf(line, word.text, at, word.equals, word.end));
    at = word.end;
  }
  return { flags: flags ?? noFlags, end: at };
}

interface RawWord {
  readonly text: string;
  readonly end: number;
  /** Of the first `=`, in the line; -1 without. */
  readonly equals: number;
}

function readWord(line: string, start: number, end: number): RawWord {
  let text = '';
  let plain = start;
  let quote = 0;
  let equals = -1;
  let at = start;
  for (; at < end; at++) {
    const code = line.charCodeAt(at);
    if (quote === 0 && isSpace(code)) break;
    if (code === quote || (quote === 0 && (code === 34 || code === 39))) {
      text += line.slice(plain, at);
      plain = at + 1;
      quote = quote === 0 ? code : 0;
    } else if (code === 92) {
      text += line.slice(plain, at);
      plain = at + 1;
      if (at + 1 < end && line.charCodeAt(at + 1) === 61 && equals === -1) equals = at + 1;
      at++;
    } else if (code === 61 && equals === -1) equals = at;
  }
  const stop = Math.min(at, end);
  return { text: text + line.slice(plain, stop), end: stop, equals };
}

function flagOf(line: LogicalLine, word: string, start: number, equals: number, end: number): Flag {
  const split = word.indexOf('=');
  const span = line.span(start, end);
  if (split === -1) return { name: word.slice(2), value: undefined, span, valueSpan: undefined };
  return { name: word.slice(2, split), value: word.slice(split + 1), span, valueSpan: line.span(equals + 1, end) };
}
