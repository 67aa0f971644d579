import { Code, endsWord, isPlain } from './chars.ts';
import { ExpansionReader } from './expansion-reader.ts';
import type { ShellWord } from './tree.ts';
import { noVariables, WordBuffer } from './word-buffer.ts';

/** Reads words: all that stands between blanks and operators. */
export abstract class WordReader extends ExpansionReader {
  /** Passes blanks, newlines and comments. */
  protected abstract skipBlankLines(): void;

  /** Whether a word begins here: not a blank and no operator, process substitutions aside. */
  protected atWord(): boolean {
    const code = this.code(this.pos);
    return code !== -1 && (!endsWord(code) || this.atProcess(code));
  }

  /** Reads the word that begins here. `regex`: the right side of `=~`, where parentheses and bars are ordinary. */
  protected readWord(regex = false): ShellWord {
    const { text, end } = this;
    const start = this.pos;
    let at = start;
    while (at < end && isPlain(text.charCodeAt(at))) at++;
    const code = at < end ? text.charCodeAt(at) : Code.space;
    // Most words are nothing but plain characters up to a blank or an operator.
    if (!regex && at > start && text.charCodeAt(start) !== Code.tilde && endsWord(code)) {
      if (code !== Code.open && code !== Code.less && code !== Code.greater) {
        this.pos = at;
        return {
          text: text.slice(start, at),
          literal: true,
          variables: noVariables,
          quoted: false,
          span: this.where(start, at),
        };
      }
    }
    const word = new WordBuffer();
    if (text.charCodeAt(start) === Code.tilde) word.literal = false;
    this.#readParts(word, start, regex);
    return word.toWord(start, this.pos, this.where);
  }

  #readParts(word: WordBuffer, start: number, regex: boolean): void {
    const { text, end } = this;
    let open = 0;
    while (this.pos < end) {
      const from = this.pos;
      const code = text.charCodeAt(from);
      if (isPlain(code)) {
        let at = from + 1;
        while (at < end && isPlain(text.charCodeAt(at))) at++;
        word.add(text.slice(from, at), from);
        this.pos = at;
      } else if (code === Code.backslash) {
        const next = this.code(from + 1);
        // A backslash before the end of a line joins the lines; one before nothing stands for itself.
        if (next === -1) word.add('\\', from);
        else if (next !== Code.newline) word.add(text[from + 1] as string, from + 1);
        this.pos = Math.min(from + 2, end);
      } else if (code === Code.singleQuote) {
        this.readSingle(word);
      } else if (code === Code.doubleQuote) {
        this.readDouble(word);
      } else if (code === Code.dollar) {
        this.readDollar(word, false);
      } else if (code === Code.backtick) {
        this.readBackticks(word, false);
      } else if (this.atProcess(code)) {
        this.readSubstitution(word);
      } else if (
        regex &&
        (code === Code.open || code === Code.close || code === Code.bar || (open > 0 && code === Code.space))
      ) {
        if (code === Code.open) open++;
        else if (code === Code.close && --open < 0) return;
        word.add(text[from] as string, from);
        this.pos++;
      } else if (code === Code.open && from > start && this.#readParenthesized(word, start)) {
        // Read: an array or an extended glob.
      } else {
        return;
      }
    }
  }

  /** `name=(…)` and `@(a|b)`; false where the parenthesis does not belong to the word. */
  #readParenthesized(word: WordBuffer, start: number): boolean {
    const from = this.pos;
    const before = this.text.charCodeAt(from - 1);
    if (before === Code.equals && /^\w+(?:\[[^\]]*\])?\+?=$/.test(this.text.slice(start, from).slice(-200))) {
      this.mute(word, () => this.nest(undefined, () => this.#readArray(word)));
      word.add(this.text.slice(from, this.pos), from);
      return true;
    }
    const isGlob =
      before === Code.question ||
      before === Code.star ||
      before === Code.plus ||
      before === Code.at ||
      before === Code.bang;
    if (!isGlob) return false;
    this.mute(word, () => this.#readGlobList(word));
    word.add(this.text.slice(from, this.pos), from);
    return true;
  }

  #readGlobList(word: WordBuffer): void {
    let open = 0;
    while (this.pos < this.end) {
      const code = this.code(this.pos);
      if (code === Code.open) open++;
      else if (code === Code.close) open--;
      this.readInside(word, false);
      if (open === 0) return;
    }
    this.doubt();
  }

  #readArray(word: WordBuffer): void {
    this.pos++;
    for (;;) {
      this.skipBlankLines();
      const code = this.code(this.pos);
      if (code === -1) {
        this.doubt();
        return;
      }
      if (code === Code.close) {
        this.pos++;
        return;
      }
      if (this.atWord()) {
        this.#readParts(word, this.pos, false);
      } else {
        this.doubt();
        this.pos++;
      }
    }
  }

  /** Reads an array value `(…)`, which stands as written in the word's text. */
  protected readArrayValue(): ShellWord {
    const word = new WordBuffer();
    const start = this.pos;
    this.mute(word, () => this.nest(undefined, () => this.#readArray(word)));
    word.add(this.text.slice(start, this.pos), start);
    return word.toWord(start, this.pos, this.where);
  }
}
