/** What BuildKit makes of text that may be a JSON array of strings. */
export type JsonArgs =
  | { readonly kind: 'strings'; readonly values: readonly string[] }
  /** Valid JSON, but not only strings: BuildKit refuses the file. */
  | { readonly kind: 'not-strings' }
  /** No JSON array: BuildKit goes on with the shell form. */
  | { readonly kind: 'not-json' };

/** Go's encoding/json gives up beyond this nesting, so deeper text counts as no JSON at all. */
const GO_MAX_DEPTH = 10_000;

/**
 * The JSON-array rule on its own (BuildKit's `parseJSON`): text that begins with `[` and is one whole JSON value.
 * `text` has no white space at its beginning.
 */
export function parseJsonArgs(text: string): JsonArgs {
  if (!text.startsWith('[')) return { kind: 'not-json' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON, so shell form: `RUN [ -f x ] && y` is everyday shell.
    return { kind: 'not-json' };
  }
  if (!Array.isArray(value)) return { kind: 'not-json' };
  const values: string[] = [];
  for (const item of value) {
    if (typeof item !== 'string') {
      // Go cannot hold 1e999 in a float64 and reports bad JSON where JavaScript says Infinity.
      if (typeof item === 'number' && !Number.isFinite(item)) return { kind: 'not-json' };
      return depthOf(text) > GO_MAX_DEPTH ? { kind: 'not-json' } : { kind: 'not-strings' };
    }
    values.push(wellFormed(item));
  }
  return { kind: 'strings', values };
}

/**
 * Where the strings of a valid JSON array of strings stand in its text, without their quotes: start and end in turn.
 */
export function jsonStringRanges(text: string): number[] {
  const ranges: number[] = [];
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
    ranges.push(at + 1);
    at++;
    while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
    ranges.push(at);
  }
  return ranges;
}

/** Go replaces half a surrogate pair written as `\ud800` with U+FFFD. */
function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at++;
      while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
    } else if (code === 91 || code === 123) deepest = Math.max(deepest, ++depth);
    else if (code === 93 || code === 125) depth--;
  }
  return deepest;
}
