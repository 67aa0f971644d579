import type { YamlEntry, YamlFile, YamlMap, YamlNode } from '../../read/yaml/tree.ts';

/** An entry that stands in this very mapping's text, not one that `<<` brings from an anchor. */
export function ownEntry(map: YamlMap, key: string): YamlEntry | undefined {
  const entry = map.entries.get(key);
  return entry && isOwn(map, entry) ? entry : undefined;
}

export function ownEntries(map: YamlMap): YamlEntry[] {
  return [...map.entries.values()].filter((entry) => isOwn(map, entry));
}

function isOwn(map: YamlMap, { keySpan }: YamlEntry): boolean {
  return keySpan.file === map.span.file && keySpan.start >= map.span.start && keySpan.end <= map.span.end;
}

/** Written here, and not elsewhere behind an alias. */
export function isHere(node: YamlNode): boolean {
  return node.alias === undefined;
}

/** `api:` with nothing after it. */
export function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null && node.source === '' && isHere(node);
}

/** Where the entry's value ends in the text; for nothing, after the colon. */
export function endOfEntry(file: YamlFile, { keySpan, value }: YamlEntry): number {
  return isNothing(value) ? endOfColon(file, keySpan.end) : endOfNode(file, value);
}

/** A mapping's own span does not count a colon at its very end after which nothing stands. */
function endOfNode(file: YamlFile, node: YamlNode): number {
  if (node.alias) return node.alias.end;
  const last = node.kind === 'map' ? ownEntries(node).at(-1) : node.kind === 'list' ? node.items.at(-1) : undefined;
  if (!last) return node.span.end;
  return Math.max(node.span.end, 'keySpan' in last ? endOfEntry(file, last) : endOfNode(file, last));
}

/** The colon after a key that ends at `offset`: only blanks may stand between. */
export function endOfColon(file: YamlFile, offset: number): number {
  const colon = file.text.indexOf(':', offset);
  return colon === -1 ? offset : colon + 1;
}

/** Where the line that holds `offset` begins: in the first, behind a byte order mark. */
export function lineStart(text: string, offset: number): number {
  // From -1 on, `lastIndexOf` would look at the first character all the same.
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\ufeff') ? 1 : start;
}

/** Where the line that holds `offset` ends, before its line end. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at === -1) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

/** Where the line after the one that holds `offset` begins. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}
