import { ClassReader, type RuneTest } from './go-class.ts';
import { repetitionAt } from './go-repeat.ts';

/** `one` takes a rune, `maybe` one or none, `many` any number; `gap` is moby's `(.*\/)?`; the others look, and take nothing. */
type Item =
  | { readonly kind: 'one' | 'maybe' | 'many'; readonly test: RuneTest }
  | { readonly kind: 'gap' | 'begin' | 'end' | 'boundary' | 'inside' };

/**
 * Compiles the few forms of Go's regexp that `translate` can write; as in Go, a match may lie anywhere in the path.
 * Go's engine never backtracks and JavaScript's does: `a*b*c*…` would hang it, so the states are walked side by side, in
 * |path| × |pattern| steps. Returns undefined where Go's `regexp.Compile` would give an error.
 */
export function compileGoRegexp(source: string): { matches: (path: string) => boolean; size: number } | undefined {
  const alternatives = parse(Array.from(source));
  if (!alternatives) return undefined;
  const tail = literalTail(source);
  // Made at the first path that needs them: many patterns are compiled only to see whether they can be.
  let walks: readonly ((path: string) => boolean)[] | undefined;
  return {
    matches(path) {
      if (!path.endsWith(tail)) return false;
      walks ??= alternatives.map((items) => walker(anywhere(items)));
      return walks.some((walk) => walk(path));
    },
    size: alternatives.reduce((sum, items) => sum + items.length + 1, 0),
  };
}

const notNewline: RuneTest = (rune) => rune !== 10;
const anything: Item = { kind: 'many', test: () => true };

/** A match begins where it likes unless it is anchored. */
function anywhere(items: readonly Item[]): readonly Item[] {
  const before = items[0]?.kind === 'begin' ? [] : [anything];
  const after = items.at(-1)?.kind === 'end' ? [] : [anything];
  return [...before, ...items, ...after];
}

/** The alternatives between bars: no group of `translate`'s has one inside. */
function parse(runes: readonly string[]): Item[][] | undefined {
  const classes = new ClassReader(runes);
  const alternatives: Item[][] = [];
  let items: Item[] = [];
  /** Go allows no operator on an operator: `[^/]*{2}` is an error. */
  let isRepeated = false;
  let at = 0;
  while (at < runes.length) {
    const rune = runes[at] as string;
    const letter = runes[at + 1] ?? '';
    if (rune === '{') {
      const repeat = repetitionAt(runes, at);
      if (repeat === 'illegal') return undefined;
      if (repeat) {
        const last = items.pop();
        if (isRepeated || !last) return undefined;
        pushRepeated(items, last, repeat.least, repeat.most);
        if (items.length > mostItems) return undefined;
        isRepeated = true;
        at = repeat.next;
        continue;
      }
    }
    isRepeated = false;
    if (rune === '|') {
      alternatives.push(items);
      items = [];
      at++;
    } else if (rune === '(') {
      // Only `(.*/)?` brings a bare parenthesis: those of the pattern are escaped.
      items.push({ kind: 'gap' });
      isRepeated = true;
      at += '(.*/)?'.length;
    } else if (rune === '^' || rune === '$') {
      items.push({ kind: rune === '^' ? 'begin' : 'end' });
      at++;
    } else if (rune === '\\' && letter === 'Q') {
      for (at += 2; at < runes.length && !(runes[at] === '\\' && runes[at + 1] === 'E'); at++)
        items.push(one(runes[at] as string));
      at += 2;
    } else if (rune === '\\' && Object.hasOwn(assertions, letter)) {
      items.push({ kind: assertions[letter] as 'begin' });
      at += 2;
    } else {
      const read = rune === '[' ? classes.readClass(at) : rune === '\\' ? classes.readEscape(at) : undefined;
      if (!read && (rune === '[' || rune === '\\')) return undefined;
      const test = read?.test ?? (rune === '.' ? notNewline : one(rune).test);
      at = read?.next ?? at + 1;
      isRepeated = runes[at] === '*';
      if (isRepeated) at++;
      items.push({ kind: isRepeated ? 'many' : 'one', test });
    }
  }
  alternatives.push(items);
  return alternatives;
}

/** Go refuses expressions that take more than 128 MB when compiled, at 40 bytes an instruction. */
const mostItems = 3_300_000;

function pushRepeated(items: Item[], item: Item, least: number, most: number | undefined): void {
  if (item.kind === 'one') {
    for (let count = 0; count < least; count++) items.push(item);
    if (most === undefined) items.push({ ...item, kind: 'many' });
    else for (let count = least; count < most; count++) items.push({ ...item, kind: 'maybe' });
  } else if (most !== 0 && (least > 0 || item.kind === 'many' || item.kind === 'gap')) {
    // Once is as good as often for what takes nothing or anything.
    items.push(item);
  }
}

const assertions: Readonly<Record<string, Item['kind']>> = { A: 'begin', z: 'end', b: 'boundary', B: 'inside' };

function one(rune: string): { kind: 'one'; test: RuneTest } {
  const code = rune.codePointAt(0);
  return { kind: 'one', test: (other) => other === code };
}

/** What every matching path must end in: most paths fail this, and need no walk. */
function literalTail(source: string): string {
  // `\d` and its kind end in a letter that is no literal; with bars or repetitions the end is not all there is.
  if (/\\[0-9A-Za-z]|[|{]/.test(source)) return '';
  const tail = /(?:[\w/-]|\\\.)*(?=\$$)/.exec(source.slice(-64))?.[0] ?? '';
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
      else if (item.kind !== 'many' && item.kind !== 'maybe' && !holds(item.kind, before, code)) return;
    }
  };

  const take = (state: number, taken: number): void => {
    const item = items[state >> 1];
    if (item === undefined) return;
    if (state % 2 === 1) {
      if (taken !== 10) next.add(state);
      if (taken === 47) enter(next, state + 1);
    } else if (item.kind === 'one' || item.kind === 'maybe') {
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
