import { Buffer } from 'node:buffer';
import type { Fault } from '../../vocabulary/fault.ts';
import type { Span } from '../../vocabulary/span.ts';
import { isGoSpace } from '../go-space.ts';
import { normalizePath } from '../paths.ts';
import { readPattern } from './pattern.ts';
import type { Dockerignore, IgnorePattern } from './tree.ts';

/** Go's bufio.Scanner, which moby reads lines with, gives up at a line of 64 KiB, its `\n` included. */
const longestLineBytes = 64 * 1024 - 1;

/**
 * Reads a `.dockerignore` as moby/patternmatcher's `ignorefile.ReadAll` and `New` do: a comment begins with `#` in the
 * very first column, lines are trimmed, a `!` may be followed by spaces, paths are cleaned, a leading `/` means nothing.
 * Never throws; what moby refuses (and with it the build) is a fault with `refused: true`.
 */
export function parseDockerignore(file: string, text: string): Dockerignore {
  const patterns: IgnorePattern[] = [];
  const comments: { text: string; span: Span }[] = [];
  const faults: Fault[] = [];
  const from = text.startsWith('\uFEFF') ? 1 : 0;
  for (let start = from; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (isTooLong(text, start, end)) {
      const span = { file, start, end };
      faults.push({
        code: 'ignore-line-too-long',
        message: 'A line of 64 KiB or more cannot be read',
        span,
        refused: true,
      });
      break;
    }
    if (text[start] === '#') {
      comments.push({ text: text.slice(start + 1, end).trim(), span: trimmed(file, text, start, end) });
    } else {
      readLine(file, text, start, end, patterns, faults);
    }
    start = end + 1;
  }
  return { file, text, patterns, comments, faults };
}

function readLine(
  file: string,
  text: string,
  start: number,
  end: number,
  patterns: IgnorePattern[],
  faults: Fault[],
): void {
  const span = trimmed(file, text, start, end);
  if (span.start === span.end) return;
  const written = text.slice(span.start, span.end);
  const negated = written.startsWith('!');
  const inner = negated ? trimmed(file, text, span.start + 1, span.end) : span;
  let pattern = text.slice(inner.start, inner.end);
  if (pattern !== '') pattern = normalizePath(pattern);
  if (pattern.length > 1 && pattern.startsWith('/')) pattern = pattern.slice(1);
  const read = readPattern(negated ? `!${pattern}` : pattern);
  if (!read) return;
  if (read.illegal === undefined) {
    patterns.push({ pattern: read.pattern, negated: read.negated, written, span });
  } else {
    const message = `The pattern "${shown(written)}" ${read.illegal}`;
    faults.push({ code: 'illegal-ignore-pattern', message, span, refused: true });
  }
}

function isTooLong(text: string, start: number, end: number): boolean {
  // A UTF-16 unit takes at most three bytes.
  if ((end - start) * 3 <= longestLineBytes) return false;
  return end - start > longestLineBytes || Buffer.byteLength(text.slice(start, end)) > longestLineBytes;
}

/** Go's `strings.TrimSpace`, as a place. */
function trimmed(file: string, text: string, start: number, end: number): Span {
  let first = start;
  let last = end;
  while (first < last && isGoSpace(text.charCodeAt(first))) first++;
  while (last > first && isGoSpace(text.charCodeAt(last - 1))) last--;
  return { file, start: first, end: last };
}

function shown(pattern: string): string {
  return pattern.length > 60 ? `${pattern.slice(0, 57)}...` : pattern;
}
