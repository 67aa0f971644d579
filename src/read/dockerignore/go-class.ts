/** Whether a rune (a code point) is of a class. */
export type RuneTest = (rune: number) => boolean;

interface Read {
  readonly test: RuneTest;
  /** Index of the rune after what was read. */
  readonly next: number;
}

const ascii =
  (pattern: RegExp): RuneTest =>
  (rune) =>
    rune < 128 && pattern.test(String.fromCharCode(rune));
const not =
  (test: RuneTest): RuneTest =>
  (rune) =>
    !test(rune);

const perl: Readonly<Record<string, RuneTest>> = {
  d: ascii(/\d/),
  s: ascii(/[\t\n\f\r ]/),
  w: ascii(/\w/),
  D: not(ascii(/\d/)),
  S: not(ascii(/[\t\n\f\r ]/)),
  W: not(ascii(/\w/)),
};

const posix: Readonly<Record<string, RuneTest>> = {
  alnum: ascii(/[0-9A-Za-z]/),
  alpha: ascii(/[A-Za-z]/),
  ascii: ascii(/[\0-\x7f]/),
  blank: ascii(/[\t ]/),
  cntrl: ascii(/[\0-\x1f\x7f]/),
  digit: ascii(/\d/),
  graph: ascii(/[!-~]/),
  lower: ascii(/[a-z]/),
  print: ascii(/[ -~]/),
  punct: ascii(/[!-/:-@[-`{-~]/),
  space: ascii(/[\t\n\v\f\r ]/),
  upper: ascii(/[A-Z]/),
  word: ascii(/\w/),
  xdigit: ascii(/[0-9A-Fa-f]/),
};

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** Reads `[…]` and `\x` as Go's regexp/syntax does (https://pkg.go.dev/regexp/syntax); undefined where Go refuses. */
export class ClassReader {
  readonly #runes: readonly string[];
  /** Where the last `:]` stands: `[:` begins a named class only before one. */
  readonly #lastNameEnd: number;

  constructor(runes: readonly string[]) {
    this.#runes = runes;
    this.#lastNameEnd = runes.findLastIndex((rune, at) => rune === ':' && runes[at + 1] === ']');
  }

  readClass(from: number): Read | undefined {
    const runes = this.#runes;
    let at = from + 1;
    const negated = runes[at] === '^';
    if (negated) at++;
    const tests: RuneTest[] = [];
    for (let first = true; first || runes[at] !== ']'; first = false) {
      if (at >= runes.length) return undefined;
      const named = this.#posix(at) ?? this.#letterClass(at);
      if (named === 'unknown') return undefined;
      if (named) {
        tests.push(named.test);
        at = named.next;
        continue;
      }
      const low = this.#bound(at);
      if (!low) return undefined;
      at = low.next;
      let high = low.rune;
      if (runes[at] === '-' && runes[at + 1] !== undefined && runes[at + 1] !== ']') {
        const bound = this.#bound(at + 1);
        if (!bound || bound.rune < low.rune) return undefined;
        high = bound.rune;
        at = bound.next;
      }
      tests.push((rune) => rune >= low.rune && rune <= high);
    }
    const any: RuneTest = (rune) => tests.some((test) => test(rune));
    return { test: negated ? not(any) : any, next: at + 1 };
  }

  /** An escape outside a class: a letter's class or one rune. */
  readEscape(from: number): Read | undefined {
    const named = this.#letterClass(from);
    if (named === 'unknown') return undefined;
    if (named) return named;
    const bound = this.#bound(from);
    return bound && { test: (rune) => rune === bound.rune, next: bound.next };
  }

  #posix(from: number): Read | 'unknown' | undefined {
    const runes = this.#runes;
    if (runes[from] !== '[' || runes[from + 1] !== ':') return undefined;
    // No name is longer than `[:^xdigit:]`.
    const written = runes.slice(from, from + 12).join('');
    const end = written.indexOf(':]', 2);
    if (end === -1) return this.#lastNameEnd < from + 2 ? undefined : 'unknown';
    const inverse = written[2] === '^';
    const name = written.slice(inverse ? 3 : 2, end);
    const test = Object.hasOwn(posix, name) ? posix[name] : undefined;
    if (!test) return 'unknown';
    return { test: inverse ? not(test) : test, next: from + end + 2 };
  }

  /** `\d`, `\W`, `\pL`. */
  #letterClass(from: number): Read | 'unknown' | undefined {
    const runes = this.#runes;
    const letter = runes[from + 1];
    if (runes[from] !== '\\' || letter === undefined) return undefined;
    const test = Object.hasOwn(perl, letter) ? perl[letter] : undefined;
    if (test) return { test, next: from + 2 };
    if (letter !== 'p' && letter !== 'P') return undefined;
    const category = runes[from + 2] ?? '';
    if (!/^[CLMNPSZ]$/.test(category)) return 'unknown';
    const pattern = new RegExp(`\\p{${category}}`, 'u');
    const inside: RuneTest = (rune) => pattern.test(String.fromCodePoint(rune));
    return { test: letter === 'p' ? inside : not(inside), next: from + 3 };
  }

  #bound(from: number): { rune: number; next: number } | undefined {
    const runes = this.#runes;
    const rune = runes[from];
    if (rune === undefined) return undefined;
    if (rune !== '\\') return { rune: rune.codePointAt(0) as number, next: from + 1 };
    const letter = runes[from + 1];
    if (letter === undefined) return undefined;
    if (Object.hasOwn(controls, letter)) return { rune: controls[letter] as number, next: from + 2 };
    const rest = runes.slice(from + 1, from + 4).join('');
    // A lone `\1` would be a back reference, which Go has not.
    const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest)?.[0];
    if (octal) return { rune: Number.parseInt(octal, 8), next: from + 1 + octal.length };
    if (/^x[0-9A-Fa-f]{2}/.test(rest)) return { rune: Number.parseInt(rest.slice(1), 16), next: from + 4 };
    return /^[^0-9A-Za-z]$/.test(letter) && letter < '\x80'
      ? { rune: letter.charCodeAt(0), next: from + 2 }
      : undefined;
  }
}
