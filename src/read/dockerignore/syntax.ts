/**
 * Whether Go's `filepath.Match` would call this pattern malformed. moby asks it for its error alone: patterns are then
 * matched by a regular expression of moby's own (moby/patternmatcher, `New`). Returns why it is malformed, or undefined.
 */
export function whyMalformed(pattern: string): string | undefined {
  const runes = Array.from(pattern);
  let at = 0;
  while (at < runes.length) {
    const rune = runes[at++];
    if (rune === '\\') {
      if (at === runes.length) return 'ends in a lone backslash';
      at++;
    } else if (rune === '[') {
      const end = endOfClass(runes, at);
      if (end === undefined) return 'has a malformed [class]';
      at = end;
    }
  }
  return undefined;
}

/** The index after the `]`; undefined where the class is empty, not closed, or has a bare `-` or `]` as a bound. */
function endOfClass(runes: readonly string[], from: number): number | undefined {
  let at = runes[from] === '^' ? from + 1 : from;
  for (let ranges = 0; ; ranges++) {
    if (ranges > 0 && runes[at] === ']') return at + 1;
    const low = afterBound(runes, at);
    if (low === undefined) return undefined;
    at = low;
    if (runes[at] === '-') {
      const high = afterBound(runes, at + 1);
      if (high === undefined) return undefined;
      at = high;
    }
  }
}

function afterBound(runes: readonly string[], from: number): number | undefined {
  const first = runes[from];
  if (first === undefined || first === '-' || first === ']') return undefined;
  const at = first === '\\' ? from + 1 : from;
  // A bound is never the last thing in a pattern: at least the `]` must follow.
  return at + 1 < runes.length ? at + 1 : undefined;
}
