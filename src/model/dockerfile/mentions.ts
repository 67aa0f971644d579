/**
 * Where a text asks for a variable, `$NAME` or `${NAME`, and where the name ends. Not a pattern: a name may be longer
 * than the 32 kB that V8 takes one of.
 */
export function mentionsOf(text: string, name: string): { readonly end: number; readonly inBraces: boolean }[] {
  const mentions: { end: number; inBraces: boolean }[] = [];
  for (let at = text.indexOf('$'); at !== -1; at = text.indexOf('$', at + 1)) {
    const inBraces = text[at + 1] === '{';
    const start = at + (inBraces ? 2 : 1);
    const end = start + name.length;
    if (text.startsWith(name, start) && !/^\w/.test(text.slice(end, end + 1))) mentions.push({ end, inBraces });
  }
  return mentions;
}
