/**
 * Whether Go's `filepath.Match(pattern, ".")` gives an error. moby asks it for its error alone, and matches by a regular
 * expression of its own (moby/patternmatcher, `New`). Go looks at the pattern chunk by chunk, from star to star, and
 * stops at the first that cannot match: so `a*[` passes here. Returns why it is malformed, or undefined.
 */
export function whyMalformed(pattern: string): string | undefined {
  const runes = Array.from(pattern);
  /** What is left of the name to match: `.` or nothing. */
  let name = '.';
  for (let at = 0; at < runes.length; ) {
    const star = runes[at] === '*';
    while (runes[at] === '*') at++;
    const end = chunkEnd(runes, at);
    const isLast = end === runes.length;
    if (star && at === end) return undefined;
    const matched = readChunk(runes, at, end, name);
    if (matched.malformed !== undefined) return matched.malformed;
    if (matched.rest !== undefined && (matched.rest === '' || !isLast)) {
      name = matched.rest;
    } else if (star && name !== '' && readChunk(runes, at, end, '').rest !== undefined) {
      // The star takes the dot.
      name = '';
    } else {
      return undefined;
    }
    at = end;
  }
  return undefined;
}

/** Up to the next star outside of `[…]`. */
function chunkEnd(runes: readonly string[], from: number): number {
  let inClass = false;
  let at = from;
  for (; at < runes.length; at++) {
    const rune = runes[at];
    if (rune === '\\') at++;
    else if (rune === '[') inClass = true;
    else if (rune === ']') inClass = false;
    else if (rune === '*' && !inClass) break;
  }
  return Math.min(at, runes.length);
}

/** Matches a chunk with the beginning of `.` or of nothing; `rest` is undefined where it does not match. */
function readChunk(
  runes: readonly string[],
  from: number,
  end: number,
  name: string,
): { malformed?: string; rest?: string } {
  let rest: string | undefined = name;
  for (let at = from; at < end; at++) {
    let takesDot: boolean;
    if (runes[at] === '[') {
      const read = readClass(runes, at + 1, end);
      if (!read) return { malformed: 'has a malformed [class]' };
      at = read.next - 1;
      takesDot = read.hasDot;
    } else if (runes[at] === '\\') {
      at++;
      if (at === end) return { malformed: 'ends in a lone backslash' };
      takesDot = runes[at] === '.';
    } else {
      takesDot = runes[at] === '.' || runes[at] === '?';
    }
    rest = rest === '.' && takesDot ? '' : undefined;
  }
  return rest === undefined ? {} : { rest };
}

/** undefined where the class is empty, not closed, or has a bare `-` or `]` as a bound. `next` follows the `]`. */
function readClass(runes: readonly string[], from: number, end: number): { next: number; hasDot: boolean } | undefined {
  const negated = runes[from] === '^' && from < end;
  let at = negated ? from + 1 : from;
  let hasDot = false;
  for (let ranges = 0; ; ranges++) {
    if (ranges > 0 && at < end && runes[at] === ']') return { next: at + 1, hasDot: hasDot !== negated };
    const low = readBound(runes, at, end);
    if (!low) return undefined;
    at = low.next;
    let high = low;
    if (runes[at] === '-') {
      const bound = readBound(runes, at + 1, end);
      if (!bound) return undefined;
      high = bound;
      at = bound.next;
    }
    hasDot ||= low.rune <= 46 && 46 <= high.rune;
  }
}

function readBound(runes: readonly string[], from: number, end: number): { next: number; rune: number } | undefined {
  const first = from < end ? runes[from] : undefined;
  if (first === undefined || first === '-' || first === ']') return undefined;
  const at = first === '\\' ? from + 1 : from;
  // A bound is never the last thing in a chunk: at least the `]` must follow.
  return at + 1 < end ? { next: at + 1, rune: runes[at]?.codePointAt(0) ?? 0 } : undefined;
}
