import { type Pattern, parsePattern, replaceMatches, withoutPrefix, withoutSuffix } from './shell-pattern.ts';
import { type SplitWord, WordCollector } from './shell-words.ts';

/** Looks a variable up; `undefined` when it is not set. */
export type Environment = (name: string) => string | undefined;

export interface LexOptions {
  /** Keep the quotes in the result. */
  readonly rawQuotes?: boolean;
  /** Keep the escape characters in the result. */
  readonly rawEscapes?: boolean;
  /** Quotes are ordinary characters: heredoc bodies. */
  readonly ignoreQuotes?: boolean;
  /** Leave `$name` as written where `name` is not set. */
  readonly keepUnset?: boolean;
}

export interface Lexed {
  readonly text: string;
  readonly words: readonly SplitWord[];
  /** Why BuildKit refuses the text; `text` and `words` are empty then. */
  readonly error: string | undefined;
  /** Names of variables that were asked for and set, in order, once each. */
  readonly used: readonly string[];
  /** Those that were asked for and not set, also where a default stood in. */
  readonly unset: readonly string[];
}

/** `${a:-${b:-…}}` may nest as deep as the file is long; nobody means more than this. */
const MAX_DEPTH = 250;

/** Twenty lines of `ENV A=$A$A$A$A` would fill any memory; no real value comes near. In UTF-16 code units. */
const MAX_GROWTH = 1 << 20;

/** Bounds the time of one match, which is at worst the product of both lengths. */
const MAX_PATTERN_WORK = 1e8;

/**
 * BuildKit's expansion of words (frontend/dockerfile/shell): quotes, escapes, `$name` and `${name<modifier>word}`.
 * Written after its observable behaviour, errors included. Linear in the text but for patterns.
 */
export function lexShell(source: string, env: Environment, escapeChar: string, options: LexOptions = {}): Lexed {
  return new ShellLexer(source, env, escapeChar, options).run();
}

class ShellLexer {
  readonly #source: string;
  readonly #env: Environment;
  readonly #escape: string;
  readonly #options: LexOptions;
  readonly #used = new Set<string>();
  readonly #unset = new Set<string>();
  #rawEscapes: boolean;
  #at = 0;
  #depth = 0;
  #grown = 0;
  #error: string | undefined;

  constructor(source: string, env: Environment, escapeChar: string, options: LexOptions) {
    this.#source = source;
    this.#env = env;
    this.#escape = escapeChar;
    this.#options = options;
    this.#rawEscapes = options.rawEscapes ?? false;
  }

  run(): Lexed {
    const collector = new WordCollector();
    const text = this.#until(undefined, this.#rawEscapes, collector);
    const failed = this.#error !== undefined;
    return {
      text: failed ? '' : text,
      words: failed ? [] : collector.finish(),
      error: this.#error,
      used: [...this.#used],
      unset: [...this.#unset],
    };
  }

  get #ended(): boolean {
    return this.#at >= this.#source.length;
  }

  #fail(error: string): string {
    this.#error ??= error;
    return '';
  }

  /** Reads to `stop` (and past it), or to the end when there is none. Words are gathered at the outermost level only. */
  #until(stop: string | undefined, rawEscapes: boolean, words?: WordCollector): string {
    const source = this.#source;
    const outerRaw = this.#rawEscapes;
    this.#rawEscapes = rawEscapes;
    let result = '';
    let plain = this.#at;
    const flush = (): void => {
      if (this.#at === plain) return;
      const text = source.slice(plain, this.#at);
      result += text;
      words?.add(text, plain, this.#at);
    };
    while (!this.#ended) {
      const char = source[this.#at] ?? '';
      const quote = !this.#options.ignoreQuotes && (char === '"' || char === "'");
      if (char !== stop && char !== '$' && char !== this.#escape && !quote) {
        this.#at++;
        continue;
      }
      flush();
      if (char === stop) {
        this.#at++;
        this.#rawEscapes = outerRaw;
        return result;
      }
      const start = this.#at;
      if (char === '$') {
        const value = this.#dollar();
        result += value;
        words?.add(value, start, this.#at);
      } else {
        const value = quote ? this.#quoted(char) : this.#escaped();
        result += value;
        words?.addRaw(value, start, this.#at);
      }
      if (this.#error !== undefined) return '';
      plain = this.#at;
    }
    flush();
    this.#rawEscapes = outerRaw;
    if (stop !== undefined) return this.#fail(`unexpected end while looking for matching ${stop}`);
    return result;
  }

  /** The escape character and the one after it; at the end the escape character alone vanishes. */
  #escaped(): string {
    const raw = this.#rawEscapes ? this.#escape : '';
    const code = this.#source.codePointAt(this.#at + 1);
    if (code === undefined) {
      this.#at++;
      return raw;
    }
    const char = String.fromCodePoint(code);
    this.#at += 1 + char.length;
    return raw + char;
  }

  #quoted(quote: string): string {
    const raw = this.#options.rawQuotes ? quote : '';
    this.#at++;
    const body = quote === "'" ? this.#singleQuoted() : this.#doubleQuoted();
    return raw + body + raw;
  }

  #singleQuoted(): string {
    const end = this.#source.indexOf("'", this.#at);
    if (end === -1) {
      this.#at = this.#source.length;
      return this.#fail('unexpected end while looking for matching single quote');
    }
    const body = this.#source.slice(this.#at, end);
    this.#at = end + 1;
    return body;
  }

  /** Between double quotes `$` works, and the escape character only before `"`, `$` and itself. */
  #doubleQuoted(): string {
    const source = this.#source;
    let result = '';
    let plain = this.#at;
    while (!this.#ended) {
      const char = source[this.#at] ?? '';
      if (char !== '"' && char !== '$' && char !== this.#escape) {
        this.#at++;
        continue;
      }
      result += source.slice(plain, this.#at);
      if (char === '"') {
        this.#at++;
        return result;
      }
      if (char === '$') {
        result += this.#dollar();
        if (this.#error !== undefined) return '';
      } else {
        if (this.#rawEscapes) result += char;
        this.#at++;
        const next = source[this.#at];
        if (next === '"' || next === '$' || next === this.#escape) {
          result += next;
          this.#at++;
        } else result += char;
      }
      plain = this.#at;
    }
    return this.#fail('unexpected end while looking for matching double quote');
  }

  #dollar(): string {
    this.#at++;
    if (this.#source[this.#at] !== '{') {
      const name = this.#name();
      if (name === '') return '$';
      return this.#lookUp(name) ?? (this.#options.keepUnset ? `$${name}` : '');
    }
    this.#at++;
    const next = this.#source[this.#at];
    if (next === undefined) return this.#fail("missing '}'");
    if (next === '{' || next === '}' || next === ':') return this.#fail('bad substitution');
    const name = this.#name();
    if (++this.#depth > MAX_DEPTH) return this.#fail('substitutions are nested too deeply');
    const value = this.#braced(name);
    this.#depth--;
    return value;
  }

  /** What follows the name in `${name…}`. */
  #braced(name: string): string {
    let operator = this.#next();
    if (operator === '}') return this.#lookUp(name) ?? (this.#options.keepUnset ? `\${${name}}` : '');
    if (operator === '/') return this.#replaced(name);
    const colon = operator === ':';
    if (colon) operator = this.#next();
    if (!colon && !(operator !== '' && '+-?#%'.includes(operator))) {
      return this.#fail(`unsupported modifier (${operator}) in substitution`);
    }
    const word = this.#until('}', operator === '#' || operator === '%');
    if (this.#error !== undefined) return this.#ended ? this.#failMissingBrace() : '';
    const value = this.#lookUp(name);
    const modifier = (colon ? ':' : '') + operator;
    if (value === undefined && this.#options.keepUnset) return `\${${name}${modifier}${word}}`;
    const absent = value === undefined || (colon && value === '');
    switch (operator) {
      case '-':
        return absent ? word : (value ?? '');
      case '+':
        return absent ? '' : word;
      case '?':
        if (!absent) return value ?? '';
        return this.#fail(
          `${name}: ${word || (value === undefined ? 'is not allowed to be unset' : 'is not allowed to be empty')}`,
        );
      case '#':
      case '%':
        return this.#trimmed(value ?? '', operator, word);
      default:
        return this.#fail(`unsupported modifier (${modifier}) in substitution`);
    }
  }

  #failMissingBrace(): string {
    this.#error = "missing '}'";
    return '';
  }

  #trimmed(value: string, operator: '#' | '%', word: string): string {
    const greedy = word.startsWith(operator);
    const source = greedy ? word.slice(1) : word;
    const pattern = this.#pattern(source, value);
    const trim = operator === '#' ? withoutPrefix : withoutSuffix;
    return pattern ? trim(value, pattern, greedy) : '';
  }

  #replaced(name: string): string {
    const all = this.#source[this.#at] === '/';
    if (all) this.#at++;
    const source = this.#until('/', true);
    if (this.#error !== undefined) {
      if (this.#ended) this.#error = "missing '/' in ${}";
      return '';
    }
    const replacement = this.#until('}', true);
    if (this.#error !== undefined) return this.#ended ? this.#failMissingBrace() : '';
    const value = this.#lookUp(name);
    if (value === undefined && this.#options.keepUnset) return `\${${name}/${source}/${replacement}}`;
    const pattern = this.#pattern(source, value ?? '');
    return pattern ? replaceMatches(value ?? '', pattern, replacement, all) : '';
  }

  #pattern(source: string, value: string): Pattern | undefined {
    const parsed = parsePattern(source);
    if ('pattern' in parsed && source.length * value.length <= MAX_PATTERN_WORK) return parsed.pattern;
    const reason = 'error' in parsed ? parsed.error : 'too long';
    this.#fail(`invalid pattern (${source.slice(0, 60)}) in substitution: ${reason}`);
    return undefined;
  }

  #next(): string {
    const code = this.#source.codePointAt(this.#at);
    if (code === undefined) return '';
    const char = String.fromCodePoint(code);
    this.#at += char.length;
    return char;
  }

  /** A run of digits, one special parameter, or letters, digits and `_`. */
  #name(): string {
    const source = this.#source;
    const start = this.#at;
    const first = source[start] ?? '';
    if (first !== '' && '@*#?-$!'.includes(first)) return this.#next();
    const digits = isDigit(this.#peek());
    while (!this.#ended) {
      const char = this.#peek();
      if (digits ? !isDigit(char) : !isNameCharacter(char)) break;
      this.#at += char.length;
    }
    return source.slice(start, this.#at);
  }

  #peek(): string {
    const code = this.#source.codePointAt(this.#at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  #lookUp(name: string): string | undefined {
    const value = this.#env(name);
    (value === undefined ? this.#unset : this.#used).add(name);
    this.#grown += value?.length ?? 0;
    if (this.#grown > MAX_GROWTH) this.#fail('the values put in are too long');
    return value;
  }
}

function isDigit(char: string): boolean {
  return (char >= '0' && char <= '9') || (char > '\x7f' && /^\p{Nd}$/u.test(char));
}

function isNameCharacter(char: string): boolean {
  const code = char.charCodeAt(0);
  if (code < 0x80) return code === 95 || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(char);
  return /^[\p{L}\p{Nd}]$/u.test(char);
}
