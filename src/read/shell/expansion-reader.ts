import type { Span } from '../../vocabulary/span.ts';
import { readAnsiEscape } from './ansi-c.ts';
import { arithmeticEnd } from './arithmetic.ts';
import { unescapeBackticks } from './backticks.ts';
import { Code, isDigit, isNameCode, isPlainInDouble } from './chars.ts';
import type { Nesting, ShellCommand, ShellWord } from './tree.ts';
import { WordBuffer } from './word-buffer.ts';

export type Where = (start: number, end: number) => Span;

/** What readers of nested texts share while one script is read. */
export interface Reading {
  /** In the order they begin; a place is held for a command while its words are read. */
  readonly commands: (ShellCommand | undefined)[];
  pipelines: number;
  certain: boolean;
  depth: number;
  /** Characters still allowed to be looked at in advance, so that looking ahead stays linear in the text. */
  lookahead: number;
  /** Bodies that stand outside the text, in order, as a Dockerfile's reader found them. */
  readonly heredocs: readonly { readonly name: string; readonly body: string }[];
  nextHeredoc: number;
}

/** No Dockerfile nests deeper by hand; a generated 20,000-fold nesting must not exhaust the stack. */
const deepest = 150;

/** Reads quotes and expansions, and the commands inside them. */
export abstract class ExpansionReader {
  protected readonly text: string;
  protected readonly where: Where;
  protected readonly reading: Reading;
  protected pos = 0;
  protected end: number;
  protected within: readonly Nesting[];

  constructor(text: string, where: Where, reading: Reading, within: readonly Nesting[]) {
    this.text = text;
    this.where = where;
    this.reading = reading;
    this.end = text.length;
    this.within = within;
  }

  /** Reads commands up to the closing `)`, or to the end, and passes the `)`. `pos` stands after the opening one. */
  protected abstract readUntilClose(): void;
  /** Reads commands up to the end of the range. */
  protected abstract readUntilEnd(): void;
  /** Reads all of a text of its own. */
  abstract readAll(): void;
  protected abstract readerOf(text: string, where: Where): ExpansionReader;

  /** The character at an offset of the range; -1 past its end. */
  protected code(at: number): number {
    return at < this.end ? this.text.charCodeAt(at) : -1;
  }

  protected doubt(): void {
    this.reading.certain = false;
  }

  /** Runs `read` one level deeper; too deep, the rest of the range is given up. */
  protected nest(kind: Nesting | undefined, read: () => void): void {
    if (this.reading.depth >= deepest) {
      this.doubt();
      this.pos = this.end;
      return;
    }
    const outer = this.within;
    if (kind !== undefined) this.within = [...outer, kind];
    this.reading.depth++;
    read();
    this.reading.depth--;
    this.within = outer;
  }

  protected atProcess(code: number): boolean {
    return (code === Code.less || code === Code.greater) && this.code(this.pos + 1) === Code.open;
  }

  /** Reads with nothing added to the text; quotes inside do not make the word quoted. */
  protected mute(word: WordBuffer, read: () => void): void {
    const { quoted } = word;
    word.muted++;
    read();
    word.muted--;
    word.quoted = quoted;
  }

  protected readSingle(word: WordBuffer): void {
    const from = this.pos + 1;
    let close = this.text.indexOf("'", from);
    word.quoted = true;
    if (close === -1 || close >= this.end) {
      this.doubt();
      close = this.end;
    }
    word.add(this.text.slice(from, close), from);
    this.pos = Math.min(close + 1, this.end);
  }

  protected readDouble(word: WordBuffer): void {
    const { text, end } = this;
    this.pos++;
    word.quoted = true;
    while (this.pos < end) {
      const from = this.pos;
      const code = text.charCodeAt(from);
      if (code === Code.doubleQuote) {
        this.pos++;
        return;
      }
      if (code === Code.dollar) {
        this.readDollar(word, true);
      } else if (code === Code.backtick) {
        this.readBackticks(word, true);
      } else if (code === Code.backslash) {
        const next = this.code(from + 1);
        // Between double quotes a backslash escapes only these; before anything else it stays.
        if (next === Code.dollar || next === Code.backtick || next === Code.doubleQuote || next === Code.backslash) {
          word.add(text[from + 1] as string, from + 1);
        } else if (next !== Code.newline) {
          word.add(text.slice(from, Math.min(from + 2, end)), from);
        }
        this.pos = Math.min(from + 2, end);
      } else {
        let at = from + 1;
        while (at < end && isPlainInDouble(text.charCodeAt(at))) at++;
        word.add(text.slice(from, at), from);
        this.pos = at;
      }
    }
    this.doubt();
  }

  protected readDollar(word: WordBuffer, inDouble: boolean): void {
    const start = this.pos;
    const next = this.code(start + 1);
    if (next === Code.open) {
      const close = this.code(start + 2) === Code.open ? this.findArithmeticEnd(start + 3) : -1;
      if (close === -1) {
        this.readSubstitution(word);
        return;
      }
      this.mute(word, () => this.nest(undefined, () => this.#readArithmetic(word, start + 3, close)));
      this.#keep(word, start);
    } else if (next === Code.openBrace) {
      this.mute(word, () => this.nest(undefined, () => this.#readBraces(word, inDouble)));
      this.#keep(word, start);
    } else if (next === Code.singleQuote && !inDouble) {
      this.#readAnsiQuote(word);
    } else if (next === Code.doubleQuote && !inDouble) {
      this.pos++;
      this.readDouble(word);
    } else {
      const name = this.#variableName(start + 1);
      this.pos = start + 1 + name.length;
      if (name === '') {
        word.add('$', start);
      } else {
        word.variables.push(name);
        this.#keep(word, start);
      }
    }
  }

  /** Keeps an expansion in the text as it is written. */
  #keep(word: WordBuffer, start: number): void {
    word.literal = false;
    word.add(this.text.slice(start, this.pos), start);
  }

  /** `HOME`, `1`, `@`; `''` where no name begins. Between braces a number may have more than one digit. */
  #variableName(from: number, inBraces = false): string {
    const code = this.code(from);
    let at = from;
    if (isDigit(code)) {
      at++;
      while (inBraces && isDigit(this.code(at))) at++;
    } else if (isNameCode(code)) {
      while (isNameCode(this.code(at))) at++;
    } else if (code !== -1 && '@*#?$!-'.includes(this.text[from] as string)) {
      at++;
    }
    return this.text.slice(from, at);
  }

  #readBraces(word: WordBuffer, inDouble: boolean): void {
    this.pos += 2;
    const first = this.code(this.pos);
    // `${#x}` is a length and `${!x}` an indirection, but `${#}` and `${!}` are variables themselves.
    if (first === Code.hash || first === Code.bang) {
      const second = this.code(this.pos + 1);
      if (isNameCode(second) || second === Code.at || second === Code.star) this.pos++;
    }
    const name = this.#variableName(this.pos, true);
    if (name === '') this.doubt();
    else word.variables.push(name);
    this.pos += name.length;
    const operator = this.text[this.pos] ?? '';
    // bash: inside double quotes an apostrophe is itself in `${x:-it's}`, and a quote in `${x#'a'}`.
    const apostrophes = inDouble && !'#%/^,'.includes(operator || ':');
    while (this.pos < this.end) {
      if (this.code(this.pos) === Code.closeBrace) {
        this.pos++;
        return;
      }
      this.readInside(word, apostrophes);
    }
    this.doubt();
  }

  /** One quote, escape, expansion or character of what stands between delimiters. */
  protected readInside(word: WordBuffer, apostrophes: boolean): void {
    const code = this.code(this.pos);
    if (code === Code.backslash) this.pos = Math.min(this.pos + 2, this.end);
    else if (code === Code.singleQuote && !apostrophes) this.readSingle(word);
    else if (code === Code.doubleQuote) this.readDouble(word);
    else if (code === Code.dollar) this.readDollar(word, apostrophes);
    else if (code === Code.backtick) this.readBackticks(word, apostrophes);
    else this.pos++;
  }

  #readArithmetic(word: WordBuffer, from: number, close: number): void {
    this.pos = from;
    while (this.pos < close) this.readInside(word, true);
    this.pos = Math.min(Math.max(this.pos, close + 2), this.end);
  }

  /** Passes `expression))` (`pos` stands at its start, `close` at the parentheses), reading the expansions in it. */
  protected readExpression(close: number): ShellWord {
    const word = new WordBuffer();
    const start = this.pos;
    this.mute(word, () => this.nest(undefined, () => this.#readArithmetic(word, start, close)));
    word.literal = word.variables.length === 0;
    word.add(this.text.slice(start, close), start);
    return word.toWord(start, close, this.where);
  }

  /** Reads the expansions of a heredoc's body, for the commands in them. */
  protected readBodyExpansions(start: number, end: number): void {
    const { pos, end: outerEnd } = this;
    const word = new WordBuffer();
    this.pos = start;
    this.end = end;
    this.mute(word, () => {
      while (this.pos < end) {
        const code = this.code(this.pos);
        if (code === Code.doubleQuote) this.pos++;
        else this.readInside(word, true);
      }
    });
    this.pos = pos;
    this.end = outerEnd;
  }

  /** Where the `))` stands that ends arithmetic begun at `from`; -1 where it is no arithmetic but a subshell. */
  protected findArithmeticEnd(from: number): number {
    const found = arithmeticEnd(this.text, from, Math.min(this.end, from + this.reading.lookahead));
    this.reading.lookahead -= Math.max(0, found.looked);
    if (this.reading.lookahead <= 0) this.doubt();
    return found.close;
  }

  #readAnsiQuote(word: WordBuffer): void {
    this.pos += 2;
    word.quoted = true;
    while (this.pos < this.end) {
      const from = this.pos;
      const code = this.code(from);
      if (code === Code.singleQuote) {
        this.pos++;
        return;
      }
      if (code === Code.backslash) {
        const read = readAnsiEscape(this.text, from);
        word.add(read.text, from);
        this.pos = Math.min(read.next, this.end);
      } else {
        let at = from + 1;
        while (
          at < this.end &&
          this.text.charCodeAt(at) !== Code.singleQuote &&
          this.text.charCodeAt(at) !== Code.backslash
        )
          at++;
        word.add(this.text.slice(from, at), from);
        this.pos = at;
      }
    }
    this.doubt();
  }

  /** `$(…)`, `<(…)`, `>(…)`: `pos` stands at the character before the parenthesis. */
  protected readSubstitution(word: WordBuffer): void {
    const start = this.pos;
    this.pos += 2;
    this.nest('substitution', () => this.readUntilClose());
    this.#keep(word, start);
  }

  protected readBackticks(word: WordBuffer, inDouble: boolean): void {
    const { text } = this;
    const start = this.pos;
    let close = start + 1;
    let escapes = false;
    while (close < this.end && text.charCodeAt(close) !== Code.backtick) {
      if (text.charCodeAt(close) === Code.backslash) {
        escapes = true;
        close++;
      }
      close++;
    }
    if (close >= this.end) {
      this.doubt();
      close = this.end;
    }
    this.nest('substitution', () => {
      if (escapes) {
        const inner = unescapeBackticks(text, start + 1, close, inDouble, this.where);
        this.readerOf(inner.text, inner.where).readAll();
      } else {
        const outerEnd = this.end;
        this.pos = start + 1;
        this.end = close;
        this.readUntilEnd();
        this.end = outerEnd;
      }
    });
    this.pos = Math.min(close + 1, this.end);
    this.#keep(word, start);
  }
}
