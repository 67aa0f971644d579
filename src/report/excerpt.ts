import type { Place } from '../vocabulary/finding.ts';
import { cellsOf, cellsOfCharacter } from './cells.ts';
import { visible } from './visible.ts';

/** A source line made fit for a terminal, and which of its cells to underline. */
export interface Excerpt {
  readonly text: string;
  /** Cells before the underline. */
  readonly indent: number;
  /** Cells underlined, at least one; 0 where we cannot tell which. */
  readonly marks: number;
  /** The last line of a span over several lines, of which only the first is shown. */
  readonly untilLine: number | undefined;
}

const tabStop = 4;

/** What `mask` puts for a secret: behind it, the columns of the file no longer hold. */
const stars = '***';

/**
 * Cuts and unfolds one line of a file around a span: tabs become blanks, control characters are escaped, and of a line
 * that does not fit only the part around the span is kept. Looks at that part of the line only, however long it is.
 *
 * @param line The line the span starts on, as `sources` gives it: secrets masked, perhaps with its line end.
 * @param room Cells there are.
 * @returns Undefined where there is nothing to show: no such line, or a blank one.
 */
export function excerptOf(line: string, span: Place['span'], room: number, ellipsis: string): Excerpt | undefined {
  const length = line.endsWith('\r') || line.endsWith('\n') ? line.trimEnd().length : line.length;
  if (length === 0) return undefined;
  const start = clamp(span.start.column - 1, 0, length);
  const isLong = span.end.line > span.start.line;
  const end = clamp(isLong ? length : span.end.column - 1, start, length);
  const from = characterStart(line, Math.max(0, start - room));
  const to = characterStart(line, Math.min(length, start + 2 * room));
  const known = knownEnd(line, from, start, end);
  const view = unfold(line, from, to, start, known ?? start, span.start.line);
  if (view.text.trim() === '') return undefined;
  const untilLine = isLong ? span.end.line : undefined;
  const cut = cutAround(view, room, ellipsis, from > 0, to < length);
  return { ...cut, marks: known === undefined ? 0 : cut.marks, untilLine };
}

/** Where the underline ends once secrets on the line were masked; undefined when one stands before the span. */
export function knownEnd(line: string, from: number, start: number, end: number): number | undefined {
  if (line.slice(from, start).includes(stars)) return undefined;
  const masked = line.slice(start, Math.min(end, start + 1000)).lastIndexOf(stars);
  if (masked === -1) return end;
  // The span was measured on the longer text: underline the word with the stars, the secret being its end as a rule.
  const blank = line.indexOf(' ', start + masked);
  return blank === -1 ? end : Math.min(end, blank);
}

interface Cell {
  readonly text: string;
  readonly cells: number;
}

interface View {
  /** One per character. */
  readonly pieces: readonly Cell[];
  readonly text: string;
  /** Indexes of `pieces`: the underline, half open. */
  readonly first: number;
  readonly last: number;
}

function unfold(line: string, from: number, to: number, start: number, end: number, lineNumber: number): View {
  const pieces: Cell[] = [];
  let column = 0;
  let first = -1;
  let last = -1;
  for (let at = from; at < to; ) {
    if (first === -1 && at >= start) first = pieces.length;
    if (last === -1 && at >= end) last = pieces.length;
    const character = String.fromCodePoint(line.codePointAt(at) as number);
    const isMark = at === 0 && lineNumber === 1 && character === '\ufeff'; // a byte order mark is no text
    const piece = isMark ? { text: '', cells: 0 } : unfoldCharacter(character, column);
    pieces.push(piece);
    column += piece.cells;
    at += character.length;
  }
  if (first === -1) first = pieces.length;
  if (last === -1) last = pieces.length;
  return { pieces, text: textOf(pieces, 0, pieces.length), first, last };
}

function unfoldCharacter(character: string, column: number): Cell {
  if (character === '\t') {
    const cells = tabStop - (column % tabStop);
    return { text: ' '.repeat(cells), cells };
  }
  const text = visible(character);
  return { text, cells: text === character ? cellsOfCharacter(character) : text.length };
}

/** Keeps the line's beginning where the span, or a good part of it, shows beside it; else as much before as after. */
function cutAround(view: View, room: number, ellipsis: string, isCutBefore: boolean, isCutAfter: boolean) {
  const { pieces, first, last } = view;
  const sign = cellsOf(ellipsis);
  const isFit = !isCutAfter && cellsBetween(pieces, 0, pieces.length) <= room;
  const isShownFromStart =
    cellsBetween(pieces, 0, last) <= room - sign || cellsBetween(pieces, 0, first) <= Math.floor(room / 2);
  let head = 0;
  if (isCutBefore || !(isFit || isShownFromStart)) {
    const spare = room - 2 * sign - cellsBetween(pieces, first, last);
    head = stepBack(pieces, first, Math.max(Math.floor(spare / 2), Math.floor(room / 8)));
    // Near the line's end there is nothing to cut behind the span, and more room before it.
    if (!isCutAfter) head = Math.min(head, stepBack(pieces, pieces.length, room - sign));
  }
  const before = head > 0 || isCutBefore ? ellipsis : '';
  const left = room - cellsOf(before);
  const isWhole = !isCutAfter && cellsBetween(pieces, head, pieces.length) <= left;
  const tail = isWhole ? pieces.length : stepOn(pieces, head, left - sign);
  const indent = cellsOf(before) + cellsBetween(pieces, head, first);
  const marks = Math.max(1, cellsBetween(pieces, first, Math.min(last, tail)));
  return { text: before + textOf(pieces, head, tail) + (isWhole ? '' : ellipsis), indent, marks };
}

function stepBack(pieces: readonly Cell[], from: number, room: number): number {
  let at = from;
  for (let used = 0; at > 0; at -= 1) {
    used += (pieces[at - 1] as Cell).cells;
    if (used > room) break;
  }
  return at;
}

function stepOn(pieces: readonly Cell[], from: number, room: number): number {
  let at = from;
  for (let used = 0; at < pieces.length; at += 1) {
    used += (pieces[at] as Cell).cells;
    if (used > room) break;
  }
  return at;
}

function cellsBetween(pieces: readonly Cell[], first: number, last: number): number {
  let cells = 0;
  for (let at = first; at < last; at += 1) cells += (pieces[at] as Cell).cells;
  return cells;
}

function textOf(pieces: readonly Cell[], first: number, last: number): string {
  return pieces
    .slice(first, last)
    .map((piece) => piece.text)
    .join('');
}

/** Not between the two halves of a surrogate pair. */
function characterStart(text: string, offset: number): number {
  const isInside = /^[\udc00-\udfff]$/.test(text[offset] ?? '') && /^[\ud800-\udbff]$/.test(text[offset - 1] ?? '');
  return isInside ? offset - 1 : offset;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
