import type { Span } from '../../vocabulary/span.ts';
import type { ShellWord } from './tree.ts';

export const noVariables: readonly string[] = [];

/** Gathers a word that has quotes, escapes or expansions in it, and remembers where each part of its text was written. */
export class WordBuffer {
  text = '';
  literal = true;
  quoted = false;
  readonly variables: string[] = [];
  /** While above 0 no text is taken: an expansion is kept as written, though its inside is read. */
  muted = 0;
  /** Pairs: an index into `text`, and the offset of the character that stands there. Ascending. */
  readonly #places: number[] = [];

  add(text: string, offset: number): void {
    if (this.muted > 0 || text === '') return;
    const places = this.#places;
    const last = places.length - 2;
    const follows = last >= 0 && offset - this.text.length === (places[last + 1] as number) - (places[last] as number);
    if (!follows) places.push(this.text.length, offset);
    this.text += text;
  }

  toWord(start: number, end: number, where: (start: number, end: number) => Span): ShellWord {
    const variables = this.variables.length === 0 ? noVariables : this.variables;
    const word = { text: this.text, literal: this.literal, variables, quoted: this.quoted, span: where(start, end) };
    const places = this.#places;
    if (places.length <= 2 && (places[1] ?? start) === start) return word;
    return {
      ...word,
      spanOf: (from, to) =>
        where(offsetAt(places, from), to > from ? offsetAt(places, to - 1) + 1 : offsetAt(places, from)),
    };
  }
}

function offsetAt(places: readonly number[], index: number): number {
  let low = 0;
  let high = places.length / 2 - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((places[middle * 2] as number) <= index) low = middle;
    else high = middle - 1;
  }
  return (places[low * 2 + 1] ?? 0) + Math.max(0, index - (places[low * 2] ?? 0));
}
