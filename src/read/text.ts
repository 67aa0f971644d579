import type { Position, Span } from '../vocabulary/span.ts';

/** One file's text, and where its lines begin. Lines end at `\n`; a `\r` before it belongs to the line's end. */
export class SourceText {
  readonly path: string;
  readonly text: string;
  #starts: number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  span(start: number, end: number): Span {
    return { file: this.path, start, end };
  }

  get lineCount(): number {
    return this.#lineStarts().length;
  }

  positionAt(offset: number): Position {
    const starts = this.#lineStarts();
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] as number) + 1, offset: at };
  }

  /** Where a line (from 1) begins; the end of the text for one that is not there. */
  offsetOf(line: number): number {
    return this.#lineStarts()[line - 1] ?? this.text.length;
  }

  /** The text of a line (from 1), without its line end. */
  line(number: number): string {
    const starts = this.#lineStarts();
    const start = starts[number - 1];
    if (start === undefined) return '';
    const next = starts[number];
    const end = next === undefined ? this.text.length : next - 1;
    return this.text.slice(start, this.text[end - 1] === '\r' && next !== undefined ? end - 1 : end);
  }

  #lineStarts(): number[] {
    if (!this.#starts) {
      this.#starts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    }
    return this.#starts;
  }
}
