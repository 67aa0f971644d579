import type { Fault } from '../vocabulary/fault.ts';
import type { EnvEntry, EnvFile } from './dotenv.ts';
import { isGoSpace } from './go-space.ts';

/** docker/cli's `kvfile` reads with a `bufio.Scanner`, whose longest line is this, its line end included. */
const longestLineBytes = 64 * 1024;

/**
 * `env_file: {format: raw}` and `docker run --env-file`, as docker/cli's `kvfile`: one `KEY=value` a line, nothing
 * unquoted, unescaped or expanded, blanks at the line's end kept; a bare `KEY` is inherited.
 */
export function parseRawEnv(text: string, file: string): EnvFile {
  const entries: EnvEntry[] = [];
  const faults: Fault[] = [];
  const refuse = (message: string, start: number, end: number) =>
    faults.push({ code: 'env-invalid-line', message, span: { file, start, end }, refused: true });

  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length && faults.length < 50; ) {
    const newline = text.indexOf('\n', at);
    const lineStart = at;
    at = newline === -1 ? text.length : newline + 1;
    // The scanner takes one `\r` off; another one would belong to the value.
    const lineEnd = newline !== -1 && text[newline - 1] === '\r' && newline > lineStart ? newline - 1 : newline;
    const end = newline === -1 ? (text.endsWith('\r') ? text.length - 1 : text.length) : lineEnd;

    if (end - lineStart >= longestLineBytes / 3 && Buffer.byteLength(text.slice(lineStart, at)) >= longestLineBytes) {
      refuse('A line of 64 KiB or more cannot be read', lineStart, end);
      continue;
    }
    let start = lineStart;
    while (start < end && isGoSpace(text.charCodeAt(start))) start++;
    if (start >= end || text[start] === '#') continue;
    const line = text.slice(start, end);
    const equals = line.indexOf('=');
    const key = equals === -1 ? line : line.slice(0, equals);
    const keySpan = { file, start, end: start + key.length };
    if (key === '') refuse('There is no variable name before the "="', start, start + 1);
    else if (/[ \t]/.test(key)) refuse('A variable name cannot contain blanks', start, keySpan.end);
    else if (equals === -1) entries.push({ key, value: undefined, keySpan });
    else {
      const valueSpan = { file, start: keySpan.end + 1, end };
      entries.push({ key, value: line.slice(equals + 1), keySpan, valueSpan });
    }
  }
  return { entries, faults };
}
