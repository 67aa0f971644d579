import type { LogicalLine } from './logical-line.ts';
import { type LexOptions, lexShell } from './shell-lexer.ts';
import type { Heredoc } from './tree.ts';

/** `<<EOF` in an instruction's line; its body is read afterwards. */
export type HeredocMarker = Pick<Heredoc, 'name' | 'expand' | 'chomp' | 'fileDescriptor' | 'markerSpan'>;

const nothingSet = (): undefined => undefined;
const asWritten: LexOptions = { rawQuotes: true, rawEscapes: true, keepUnset: true };

/**
 * The heredocs a line opens: whole words `[digits]<<[-]name`. The line is cut as a shell would, always with `\` as the
 * escape character; a line that cannot be cut so (an unmatched quote) opens none, as in BuildKit.
 */
export function heredocMarkers(line: LogicalLine, start: number, end: number): HeredocMarker[] {
  const source = line.text.slice(start, end);
  const markers: HeredocMarker[] = [];
  for (const word of lexShell(source, nothingSet, '\\', asWritten).words) {
    const marker = parseHeredocWord(word.text);
    if (marker) markers.push({ ...marker, markerSpan: line.span(start + word.start, start + word.end) });
  }
  return markers;
}

/** A word that opens a heredoc, or undefined. Any quote in the name stops expansion, as in a shell. */
export function parseHeredocWord(word: string): Omit<HeredocMarker, 'markerSpan'> | undefined {
  let at = 0;
  while (at < word.length && word.charCodeAt(at) >= 48 && word.charCodeAt(at) <= 57) at++;
  if (!word.startsWith('<<', at)) return undefined;
  const chomp = word[at + 2] === '-';
  const rest = word.slice(at + (chomp ? 3 : 2));
  if (rest === '' || rest.includes('<')) return undefined;
  const fileDescriptor = descriptor(word.slice(0, at));
  if (/^\w+$/.test(rest)) return { name: rest, expand: true, chomp, fileDescriptor };
  const unquoted = lexShell(rest, nothingSet, '\\', { keepUnset: true });
  const quoted = lexShell(rest, nothingSet, '\\', { keepUnset: true, rawQuotes: true });
  const [name] = unquoted.words;
  const [written] = quoted.words;
  if (!name || !written || unquoted.words.length !== 1 || quoted.words.length !== 1) return undefined;
  const expand = quotesIn(name.text) === quotesIn(written.text);
  return { name: name.text, expand, chomp, fileDescriptor };
}

function quotesIn(text: string): number {
  return text.length - text.replaceAll(/['"]/g, '').length;
}

function descriptor(digits: string): number {
  return Math.min(Number(digits || 0), Number.MAX_SAFE_INTEGER);
}

/** `<<-`: tabs at the beginning of each line go. */
export function withoutLeadingTabs(body: string): string {
  return body.replaceAll(/(^|\n)\t+/g, '$1');
}
