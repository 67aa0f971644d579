import { ClassReader, type RuneTest } from './go-class.ts';

/** `one` takes a rune, `many` any number of them; `gap` is moby's `(.*\/)?`; the others look, and take nothing. */
type Item =
  | { readonly kind: 'one' | 'many'; readonly test: RuneTest }
  | { readonly kind: 'gap' | 'begin' | 'end' | 'boundary' | 'inside' };

/**
 * Compiles the few forms of Go's regexp that `translate` can write, anchored at both ends. Go's engine never backtracks
 * and JavaScript's does: `a*b*c*…` would hang it, so the states are walked side by side, in |path| × |pattern| steps.
 * Returns undefined where Go's `regexp.Compile` would give an error.
 */
export function compileGoRegexp(source: string): { matches: (path: string) => boolean; size: number } | undefined {
  const items = parse(Array.from(source));
  if (!items) return undefined;
  const tail = literalTail(source);
  const walk = walker(items);
  return { matches: (path) => path.endsWith(tail) && walk(path), size: items.length };
}

const notNewline: RuneTest = (rune) => rune !== 10;

function parse(runes: readonly string[]): Item[] | undefined {
  const items: Item[] = [];
  const classes = new ClassReader(runes);
  let at = 0;
  while (at < runes.length) {
    const rune = runes[at] as string;
    if (rune === '(') {
      // Only `(.*/)?` brings a bare parenthesis: those of the pattern are escaped.
      items.push({ kind: 'gap' });
      at += '(.*/)?'.length;
      continue;
    }
    if (rune === '^') {
      items.push({ kind: 'begin' });
      at++;
      continue;
    }
    if (rune === '\\' && 'AzbBQ'.includes(runes[at + 1] ?? '-')) {
      const letter = runes[at + 1] as string;
      at += 2;
      if (letter === 'Q') {
        while (at < runes.length && !(runes[at] === '\\' && runes[at + 1] === 'E'))
          items.push(one(runes[at++] as string));
        at += 2;
      } else {
        items.push({
          kind: letter === 'A' ? 'begin' : letter === 'z' ? 'end' : letter === 'b' ? 'boundary' : 'inside',
        });
      }
      continue;
    }
    let test: RuneTest;
    if (rune === '[' || rune === '\\') {
      const read = rune === '[' ? classes.readClass(at) : classes.readEscape(at);
      if (!read) return undefined;
      test = read.test;
      at = read.next;
    } else {
      test = rune === '.' ? notNewline : one(rune).test;
      at++;
    }
    const many = runes[at] === '*';
    if (many) at++;
    items.push({ kind: many ? 'many' : 'one', test });
  }
  return items;
}

function one(rune: string): { kind: 'one'; test: RuneTest } {
  const code = rune.codePointAt(0);
  return { kind: 'one', test: (other) => other === code };
}

/** What every matching path must end in: most paths fail this, and need no walk. */
function literalTail(source: string): string {
  // `\d` and its kind end in a letter that is no literal.
  if (/\\[0-9A-Za-z]/.test(source)) return '';
  const tail = /(?:[\w/-]|\\\.)*$/.exec(source.slice(-64))?.[0] ?? '';
  return tail.replaceAll('\\.', '.');
}

/** The states reached: each once, in a list that is used again for every rune and path. */
class StateSet {
  readonly list: Int32Array;
  size = 0;
  readonly #seen: Int32Array;
  #round = 0;

  constructor(states: number) {
    this.list = new Int32Array(states);
    this.#seen = new Int32Array(states);
  }

  clear(): void {
    this.size = 0;
    this.#round++;
  }

  /** False where it was there already. */
  add(state: number): boolean {
    if (this.#seen[state] === this.#round) return false;
    this.#seen[state] = this.#round;
    this.list[this.size++] = state;
    return true;
  }

  has(state: number): boolean {
    return this.#seen[state] === this.#round;
  }
}

/** State 2i stands before item i; state 2i + 1 is inside the gap i. */
function walker(items: readonly Item[]): (path: string) => boolean {
  const final = items.length * 2;
  let now = new StateSet(final + 2);
  let next = new StateSet(final + 2);
  let before = -1;
  let code = -1;

  const enter = (states: StateSet, start: number): void => {
    for (let state = start; states.add(state); state += 2) {
      const item = items[state >> 1];
      if (item === undefined || item.kind === 'one') return;
      if (item.kind === 'gap') states.add(state + 1);
      else if (item.kind !== 'many' && !holds(item.kind, before, code)) return;
    }
  };

  const take = (state: number, taken: number): void => {
    const item = items[state >> 1];
    if (item === undefined) return;
    if (state % 2 === 1) {
      if (taken !== 10) next.add(state);
      if (taken === 47) enter(next, state + 1);
    } else if (item.kind === 'one') {
      if (item.test(taken)) enter(next, state + 2);
    } else if (item.kind === 'many' && item.test(taken)) {
      enter(next, state);
    }
  };

  return (path) => {
    before = -1;
    code = path.codePointAt(0) ?? -1;
    now.clear();
    enter(now, 0);
    for (let at = 0; at < path.length; ) {
      const taken = code;
      at += taken > 0xffff ? 2 : 1;
      before = taken;
      code = path.codePointAt(at) ?? -1;
      next.clear();
      for (let index = 0; index < now.size; index++) take(now.list[index] as number, taken);
      if (next.size === 0) return false;
      [now, next] = [next, now];
    }
    return now.has(final);
  };
}

function holds(kind: 'begin' | 'end' | 'boundary' | 'inside', before: number, after: number): boolean {
  if (kind === 'begin') return before === -1;
  if (kind === 'end') return after === -1;
  return (isWord(before) !== isWord(after)) === (kind === 'boundary');
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}
