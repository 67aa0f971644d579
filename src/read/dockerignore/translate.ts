/** How moby compares a pattern with a path: plainly where it can, else by a regular expression in Go's syntax. */
export type Translation =
  | { readonly kind: 'exact' | 'prefix' | 'suffix'; readonly text: string }
  | { readonly kind: 'regexp'; readonly source: string };

/**
 * moby/patternmatcher's `Pattern.compile`, rule by rule, its surprises kept: `**file` ends anywhere (`myfile` too) while
 * `**file*` must begin a path part; `*` and `?` inside `[…]` are translated like outside; `[^x]` matches a `/`;
 * `\d` reaches the regular expression and means a digit.
 */
export function translate(pattern: string): Translation {
  // text/scanner, which moby reads the pattern with, skips a byte order mark at the start.
  const runes = Array.from(pattern.startsWith('\uFEFF') ? pattern.slice(1) : pattern);
  let kind: Translation['kind'] = 'exact';
  let source = '';
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
    } else if ('.+()|{}$'.includes(rune)) {
      source += `\\${rune}`;
    } else if (rune === '\\') {
      // A lone backslash at the end never comes here: `whyMalformed` refused it.
      source += `\\${runes[++at] ?? '\\'}`;
      kind = 'regexp';
    } else {
      source += rune;
      if (rune === '[' || rune === ']') kind = 'regexp';
    }
  }
  if (kind === 'regexp') return { kind, source };
  if (kind === 'prefix') return { kind, text: pattern.slice(0, -2) };
  return { kind, text: kind === 'suffix' ? pattern.slice(2) : pattern };
}
