import type { Span } from '../../vocabulary/span.ts';
import type { LogicalText } from './tree.ts';

/** An instruction's physical lines joined to one, and where in the file each joined character stands. */
export class LogicalLine implements LogicalText {
  readonly file: string;
  readonly text: string;
  /** Where each segment begins in `text`, ascending; a segment is the used part of one physical line. */
  readonly #logicalStarts: readonly number[];
  /** Where each segment begins in the file. */
  readonly #fileStarts: readonly number[];

  constructor(file: string, text: string, logicalStarts: readonly number[], fileStarts: readonly number[]) {
    this.file = file;
    this.text = text;
    this.#logicalStarts = logicalStarts;
    this.#fileStarts = fileStarts;
  }

  at(index: number): number {
    const starts = this.#logicalStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return (this.#fileStarts[low] ?? 0) + index - (starts[low] ?? 0);
  }

  /** Ends after the last character, not at the next one: that may stand a line further. */
  span(start: number, end: number): Span {
    const from = this.at(start);
    return { file: this.file, start: from, end: end > start ? this.at(end - 1) + 1 : from };
  }

  /** The part `start..end`, with indexes counted from its own beginning. */
  view(start: number, end: number): LogicalText {
    return new LogicalView(this, start, end);
  }
}

/** A part of a logical line. */
class LogicalView implements LogicalText {
  readonly text: string;
  readonly #line: LogicalLine;
  readonly #offset: number;

  constructor(line: LogicalLine, start: number, end: number) {
    this.text = line.text.slice(start, end);
    this.#line = line;
    this.#offset = start;
  }

  at(index: number): number {
    // The end belongs to the character before it, as in a span.
    if (index > 0 && index >= this.text.length) return this.#line.at(this.#offset + index - 1) + 1;
    return this.#line.at(this.#offset + index);
  }

  span(start: number, end: number): Span {
    return this.#line.span(this.#offset + start, this.#offset + end);
  }
}
