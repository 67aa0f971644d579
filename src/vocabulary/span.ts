/**
 * A place in a file: a half-open range of offsets, in UTF-16 code units from the start of the file's text
 * (a leading byte order mark counts as one). Lines and columns are worked out only when a span is shown.
 */
export interface Span {
  /** Path relative to the project, with `/` between its parts. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** A point as people and editors count: line and column from 1, the column in UTF-16 code units; offset from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** The smallest span that covers both; both must be in one file. */
export function cover(first: Span, last: Span): Span {
  return { file: first.file, start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
}
