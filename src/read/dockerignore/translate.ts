/** How moby compares a pattern with a path: plainly where it can, else by a regular expression in Go's syntax. */
export type Translation =
  | { readonly kind: 'exact' | 'prefix' | 'suffix'; readonly text: string }
  | { readonly kind: 'regexp'; readonly source: string };

/**
 * moby/patternmatcher's `Pattern.compile`, rule by rule, its surprises kept: `**file` ends anywhere (`myfile` too) while
 * `**file*` must begin a path part; `*` and `?` inside `[…]` are translated like outside; `[^x]` matches a `/`;
 * `\d` reaches the regular expression and means a digit; `|` and `{2}` keep their meaning too, since the bitmap of
 * characters to escape has one byte for each eight and loses those from code 64 on.
 */
export function translate(pattern: string): Translation {
  // text/scanner, which moby reads the pattern with, skips a byte order mark at the start.
  const runes = Array.from(pattern.startsWith('\uFEFF') ? pattern.slice(1) : pattern);
  let kind: Translation['kind'] = 'exact';
  let source = '^';
  for (let at = 0; at < runes.length; at++) {
    const first = at === 0;
    const rune = runes[at] as string;
    if (rune === '*' && runes[at + 1] === '*') {
      at += runes[at + 2] === '/' ? 2 : 1;
      if (at + 1 < runes.length) {
        source += '(.*/)?';
        kind = 'regexp';
      } else if (kind === 'exact') {
        kind = 'prefix';
      } else {
        source += '.*';
        kind = 'regexp';
      }
      if (first) kind = 'suffix';
    } else if (rune === '*' || rune === '?') {
      source += rune === '*' ? '[^/]*' : '[^/]';
      kind = 'regexp';
    } else if ('.+()$'.includes(rune)) {
      source += `\\${rune}`;
    } else if (rune === '\\') {
      source += `\\${runes[at + 1] ?? ''}`;
      // A lone one at the end comes to stand before the `$`.
      if (++at < runes.length) kind = 'regexp';
    } else {
      source += rune;
      if (rune === '[' || rune === ']') kind = 'regexp';
    }
  }
  if (kind === 'regexp') return { kind, source: `${source}$` };
  if (kind === 'prefix') return { kind, text: pattern.slice(0, -2) };
  if (kind === 'exact') return { kind, text: pattern };
  // moby cuts two bytes off, which are the stars, or else break the byte order mark: then no path can match.
  return { kind, text: pattern.startsWith('**') ? pattern.slice(2) : '\0' };
}
