import { isSpace } from './space.ts';

/** A word and the part of the source it came from. */
export interface SplitWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Splits a lexed text at white space while it grows. Quoted and escaped parts never split; what `$name` put in does.
 * A word that is only empty quotes is no word (BuildKit's ProcessWords drops it).
 */
export class WordCollector {
  readonly #words: SplitWord[] = [];
  #word = '';
  #inWord = false;
  #start = 0;
  #end = 0;

  /** `text` came from `start..end` of the source, character by character when both are equally long. */
  add(text: string, start: number, end: number): void {
    const aligned = text.length === end - start;
    let from = 0;
    for (let at = 0; at <= text.length; at++) {
      const space = at < text.length && isSpace(text.charCodeAt(at));
      if (at < text.length && !space) continue;
      if (at > from) {
        this.addRaw(text.slice(from, at), aligned ? start + from : start, aligned ? start + at : end);
      }
      from = at + 1;
      if (space && this.#inWord && this.#word !== '') this.#push();
    }
  }

  addRaw(text: string, start: number, end: number): void {
    if (this.#word === '') this.#start = start;
    this.#word += text;
    this.#end = end;
    this.#inWord = true;
  }

  finish(): readonly SplitWord[] {
    if (this.#word !== '') this.#push();
    return this.#words;
  }

  #push(): void {
    this.#words.push({ text: this.#word, start: this.#start, end: this.#end });
    this.#word = '';
    this.#inWord = false;
  }
}
