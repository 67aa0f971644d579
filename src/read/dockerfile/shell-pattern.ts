/**
 * The wildcards of `${name#pattern}` and its kin: `*` any string, `?` any character, no brackets. Matched by hand and
 * not by a RegExp: `*a*a*a*b` would take JavaScript's engine polynomial time where Go's takes linear.
 */
type Token = { readonly kind: 'star' | 'any' } | { readonly kind: 'literal'; readonly char: string };

export type Pattern = readonly Token[];

/** The pattern, or what BuildKit says is wrong with it: `\` may only stand before `*`, `?`, `\`, `/` and `}`. */
export function parsePattern(source: string): { pattern: Pattern } | { error: string } {
  const pattern: Token[] = [];
  const chars = Array.from(source);
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? '';
    if (char === '*') pattern.push({ kind: 'star' });
    else if (char === '?') pattern.push({ kind: 'any' });
    else if (char === '\\') {
      const next = chars[at + 1];
      // The lexer leaves the escape of `}` and `/` in the pattern; it is not part of it.
      if (next === '}' || next === '/') continue;
      if (next !== '*' && next !== '?' && next !== '\\') {
        return { error: next === undefined ? 'nothing after the final backslash' : `invalid escape '\\${next}'` };
      }
      pattern.push({ kind: 'literal', char: next });
      at++;
    } else pattern.push({ kind: 'literal', char });
  }
  return { pattern };
}

/** `${name#pattern}`, or `##` when greedy. */
export function withoutPrefix(value: string, pattern: Pattern, greedy: boolean): string {
  const chars = Array.from(value);
  const end = matchAt(chars, 0, segmentsOf(pattern), greedy);
  return end === undefined ? value : chars.slice(end).join('');
}

/** `${name%pattern}`, or `%%` when greedy. */
export function withoutSuffix(value: string, pattern: Pattern, greedy: boolean): string {
  const chars = Array.from(value).reverse();
  const end = matchAt(chars, 0, segmentsOf([...pattern].reverse()), greedy);
  return end === undefined ? value : chars.slice(end).reverse().join('');
}

/** `${name/pattern/replacement}`, or `//` for all. Matches are as long as they can be. */
export function replaceMatches(value: string, pattern: Pattern, replacement: string, all: boolean): string {
  const chars = Array.from(value);
  const segments = segmentsOf(pattern);
  let out = '';
  let copied = 0;
  let lastEnd = -1;
  for (let at = 0; at <= chars.length; ) {
    const end = matchAt(chars, at, segments, true);
    // What follows the first stretch was found nowhere in this line, so no later beginning finds it either.
    if (end === undefined && segments.length > 1 && fits(chars, at, segments[0] ?? [])) {
      const lineEnd = chars.indexOf('\n', at);
      if (lineEnd === -1) break;
      at = lineEnd + 1;
      continue;
    }
    // As Go's ReplaceAll: an empty match is not taken right after another match.
    if (end === undefined || (end === at && at === lastEnd)) {
      at++;
      continue;
    }
    const matched = chars.slice(at, end).join('');
    out += chars.slice(copied, at).join('') + (all ? expandTemplate(replacement, matched) : replacement);
    copied = end;
    lastEnd = end;
    if (!all) break;
    at = end === at ? at + 1 : end;
  }
  return out + chars.slice(copied).join('');
}

/** The fixed stretches between the stars, some empty: one more than there are stars. */
function segmentsOf(pattern: Pattern): readonly (readonly Token[])[] {
  const segments: Token[][] = [[]];
  for (const token of pattern) {
    if (token.kind === 'star') segments.push([]);
    else segments[segments.length - 1]?.push(token);
  }
  return segments;
}

/**
 * Where the shortest (or longest) match that begins at `start` ends. Leftmost places for all fixed stretches give the
 * shortest; moving the last one as far right as it goes gives the longest. Like Go's `.`, a star stops at a line end.
 */
function matchAt(
  chars: readonly string[],
  start: number,
  segments: readonly (readonly Token[])[],
  longest: boolean,
): number | undefined {
  const [first = [], ...rest] = segments;
  if (!fits(chars, start, first)) return undefined;
  let end = start + first.length;
  for (const [index, segment] of rest.entries()) {
    const isLast = index === rest.length - 1;
    let found: number | undefined;
    for (let at = end; at + segment.length <= chars.length; at++) {
      if (fits(chars, at, segment)) {
        found = at + segment.length;
        if (!isLast || !longest) break;
      }
      if (chars[at] === '\n') break;
    }
    if (found === undefined) return undefined;
    end = found;
  }
  return end;
}

function fits(chars: readonly string[], start: number, segment: readonly Token[]): boolean {
  if (start + segment.length > chars.length) return false;
  return segment.every((token, index) => {
    const char = chars[start + index];
    return token.kind === 'literal' ? token.char === char : char !== '\n';
  });
}

/** Go's ReplaceAllString reads `$0`, `${0}` and `$$` in the replacement; any other name stands for nothing. */
function expandTemplate(replacement: string, matched: string): string {
  if (!replacement.includes('$')) return replacement;
  return replacement.replace(/\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu, (_, dollar, braced, bare) => {
    if (dollar !== undefined) return '$';
    return /^0+$/.test(braced ?? bare) ? matched : '';
  });
}
