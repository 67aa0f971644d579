import type { Fault } from '../vocabulary/fault.ts';
import type { Span } from '../vocabulary/span.ts';
import { interpolate } from './compose-template.ts';
import { unescapeDoubleQuoted } from './dotenv-escapes.ts';
import { parseRawEnv } from './dotenv-raw.ts';
import { isGoSpace, trimGoSpaceEnd } from './go-space.ts';

/** One line of an env file. A key may come twice: the later one wins. */
export interface EnvEntry {
  readonly key: string;
  /** As the container sees it: unquoted, unescaped, expanded. Undefined for a bare `KEY`, inherited from the environment. */
  readonly value: string | undefined;
  readonly keySpan: Span;
  /** As written, quotes included; empty for `KEY=`. */
  readonly valueSpan?: Span;
}

export interface EnvFile {
  readonly entries: readonly EnvEntry[];
  /** Any refused fault means that Compose does not start with this file at all. */
  readonly faults: readonly Fault[];
}

type Lookup = (name: string) => string | undefined;

/** After so many the file is no env file, and more of the same helps nobody. */
const mostFaults = 50;

/**
 * Reads `.env` and `env_file:` files as compose-go 2.16 does (its `dotenv` package; checked side by side on 800,000
 * random files). In values `lookup` (the environment) comes before earlier keys of the file. `raw` is Compose's
 * `format: raw`, where a value is all that follows the `=`. Linear; never throws.
 */
export function parseDotenv(text: string, file: string, lookup: Lookup, format?: 'raw'): EnvFile {
  return format === 'raw' ? parseRawEnv(text, file) : new Reader(text, file, lookup).read();
}

class Reader {
  readonly #text: string;
  readonly #file: string;
  readonly #lookup: Lookup;
  readonly #known = new Map<string, string>();
  readonly #entries: EnvEntry[] = [];
  readonly #faults: Fault[] = [];
  #at = 0;

  constructor(text: string, file: string, lookup: Lookup) {
    this.#text = text;
    this.#file = file;
    this.#lookup = lookup;
    if (text.startsWith('\uFEFF')) this.#at = 1;
  }

  read(): EnvFile {
    while (this.#faults.length < mostFaults && this.#toStatement()) this.#statement();
    return { entries: this.#entries, faults: this.#faults };
  }

  /** Skips blanks, blank lines and comment lines; false at the end of the file. */
  #toStatement(): boolean {
    const text = this.#text;
    for (;;) {
      while (this.#at < text.length && isGoSpace(text.charCodeAt(this.#at))) this.#at++;
      if (this.#at >= text.length) return false;
      if (text[this.#at] !== '#') return true;
      this.#at = this.#lineEnd();
    }
  }

  #statement(): void {
    const text = this.#text;
    // `export` counts only before a blank: `exportFOO=1` is a name, and so is `export=1`.
    if (/^export[\t\n\f\r ]/.test(text.slice(this.#at, this.#at + 7))) {
      this.#at += 6;
      this.#skipBlanks();
    }
    const start = this.#at;
    if (start === text.length) {
      this.#refuse('env-invalid-name', 'No variable name follows the "export" at the end', this.#span(start, start));
      return;
    }
    const end = this.#nameEnd(start);
    if (end === undefined) {
      this.#at = this.#lineEnd(); // Compose stops at the first; going on shows all there are
      return;
    }
    if (end === text.length) {
      this.#bareAtEnd(start);
      return;
    }

    const key = trimGoSpaceEnd(text.slice(start, end));
    const keySpan = this.#span(start, start + key.length);
    const separator = text[end];
    this.#at = end + 1;
    this.#skipBlanks();
    if (key.includes(' ')) {
      this.#refuse('env-invalid-name', `The name ${shownName(key)} cannot contain a space`, keySpan);
      this.#at = separator === '\n' ? end : this.#lineEnd();
    } else if (separator === '\n') {
      // An `export` alone on its line leaves an empty name, which Compose looks up in vain.
      if (key !== '') this.#entries.push({ key, value: undefined, keySpan });
    } else this.#value(key, keySpan);
  }

  /** Where the `=`, `:` or line end behind a name is; the end of the text where there is none; undefined when refused. */
  #nameEnd(start: number): number | undefined {
    const text = this.#text;
    for (let at = start; at < text.length; ) {
      const character = String.fromCodePoint(text.codePointAt(at) as number);
      if (character === '=' || character === ':' || character === '\n') return at;
      if (!/^[\t\v\f\r \u0085\u00A0_.\-[\]\p{L}\p{N}]$/u.test(character)) {
        const name = shownName(text.slice(start, Math.min(at + character.length, start + 80)));
        const message = `Unexpected character ${JSON.stringify(character)} in the variable name ${name}`;
        this.#refuse('env-invalid-name', message, this.#span(at, at + character.length));
        return undefined;
      }
      at += character.length;
    }
    return text.length;
  }

  /**
   * `KEY` as the file's last characters, without a line end: compose-go finds no name, takes the word for the value and
   * gives it to the variable with the empty name.
   */
  #bareAtEnd(start: number): void {
    const end = this.#text.length;
    this.#value('', this.#span(start, start));
    this.#faults.push({
      code: 'env-bare-name-at-end',
      message: 'Compose reads a name without "=" only when a line end follows, so this last line sets nothing',
      span: this.#span(start, end),
      refused: false,
    });
  }

  #value(key: string, keySpan: Span): void {
    const start = this.#at;
    const quote = this.#text[start];
    const written = quote === '"' || quote === "'" ? this.#quoted(start, quote) : this.#unquoted(start);
    if (written === undefined) return;
    const valueSpan = this.#span(start, written.end);
    let value = written.value;
    if (quote !== "'") {
      const expanded = interpolate(value, (name) => this.#lookup(name) ?? this.#known.get(name));
      if (expanded.error) {
        const required = expanded.error.kind === 'required';
        this.#refuse(required ? 'required-variable' : 'invalid-template', expanded.error.message, valueSpan);
        return;
      }
      value = expanded.text;
    }
    this.#known.set(key, value);
    this.#entries.push({ key, value, keySpan, valueSpan });
  }

  /** To the line end. Only ` #` begins a comment: in `KEY=#x` and `KEY= # x` the `#` is the value's first character. */
  #unquoted(start: number): { value: string; end: number } {
    const lineEnd = this.#lineEnd();
    const line = this.#text.slice(start, lineEnd);
    const comment = line.indexOf(' #');
    const value = trimGoSpaceEnd(comment === -1 ? line : line.slice(0, comment));
    this.#at = lineEnd;
    return { value, end: start + value.length };
  }

  /** To the next such quote that has no backslash before it, over line ends. What follows it is read as the next line. */
  #quoted(start: number, quote: '"' | "'"): { value: string; end: number } | undefined {
    const text = this.#text;
    const parts: string[] = [];
    let plain = start + 1;
    for (let at = start + 1; at < text.length; at++) {
      if (text[at] === quote) {
        parts.push(text.slice(plain, at));
        this.#at = at + 1;
        const raw = parts.join('');
        return { value: quote === '"' ? unescapeDoubleQuoted(raw) : raw, end: at + 1 };
      }
      if (text[at] !== '\\') continue;
      if (text[at + 1] === quote) {
        parts.push(text.slice(plain, at));
        plain = at + 1;
      }
      at++;
    }
    const span = this.#span(start, this.#lineEnd());
    this.#refuse('env-unterminated-quote', `The value's opening ${quote} is never closed`, span);
    this.#at = text.length;
    return undefined;
  }

  #skipBlanks(): void {
    while (/^[\t\v\f\r \u0085\u00A0]/.test(this.#text.charAt(this.#at))) this.#at++;
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end === -1 ? this.#text.length : end;
  }

  #span(start: number, end: number): Span {
    return { file: this.#file, start, end };
  }

  #refuse(code: string, message: string, span: Span): void {
    this.#faults.push({ code, message, span, refused: true });
  }
}

/** What is too long for a name may be the second line of somebody's private key. */
function shownName(name: string): string {
  return JSON.stringify(name.length <= 40 ? name : `${name.slice(0, 8)}…`);
}
