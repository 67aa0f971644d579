/**
 * `{2}`, `{2,}`, `{2,3}` as Go's regexp/syntax reads them: undefined where it is no repetition but a brace like any
 * other (`{a,b}`, `{,2}`, `{02}`), `illegal` where Go refuses it (over 1000, or the wrong way round).
 */
export function repetitionAt(
  runes: readonly string[],
  at: number,
): { least: number; most: number | undefined; next: number } | 'illegal' | undefined {
  // Longer numbers than these are refused all the same.
  const written = runes.slice(at, at + 40).join('');
  const found = /^\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}/.exec(written);
  if (!found) return undefined;
  const least = Number(found[1]);
  const most = found[2] === undefined ? least : found[3] === undefined ? undefined : Number(found[3]);
  if (least > 1000 || (most !== undefined && (most > 1000 || most < least))) return 'illegal';
  return { least, most, next: at + found[0].length };
}
