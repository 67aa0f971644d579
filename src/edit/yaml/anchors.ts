import type { YamlFile, YamlMap } from '../../read/yaml/tree.ts';
import type { Edit } from '../../vocabulary/fix.ts';
import { endOfColon, isNothing, lineStart, ownEntries, ownEntry } from './place.ts';
import { styleOf } from './style.ts';
import type { Value } from './value.ts';
import { writeAfterKey } from './write.ts';

/** The anchors of mappings that stand under an `x-…` key at the top of a file, for services to share. */
export function sharedAnchors(file: YamlFile): { readonly anchor: string; readonly map: YamlMap }[] {
  const root = file.documents[0];
  if (root?.kind !== 'map') return [];
  const found: { anchor: string; map: YamlMap }[] = [];
  for (const { key, keySpan, value } of ownEntries(root)) {
    if (!key.startsWith('x-') || value.kind !== 'map' || value.alias) continue;
    const between = file.text.slice(endOfColon(file, keySpan.end), value.span.start);
    const anchor = /^\s*&([^\s,[\]{}]+)\s/.exec(between)?.[1];
    if (anchor !== undefined) found.push({ anchor, map: value });
  }
  return found;
}

/** `x-logging: &logging` with its mapping, above `services:`; undefined where the name is taken or there is no such place. */
export function addAnchor(file: YamlFile, key: string, anchor: string, value: Value): Edit | undefined {
  const root = file.documents[0];
  if (root?.kind !== 'map' || root.entries.has(key) || new RegExp(`&${anchor}\\b`).test(file.text)) return undefined;
  const services = ownEntry(root, 'services');
  if (!services || isNothing(services.value)) return undefined;
  const start = lineStart(file.text, services.keySpan.start);
  if (start !== services.keySpan.start) return undefined;
  const style = styleOf(file);
  const text = `${key}: &${anchor}${writeAfterKey(value, 0, style)}${style.lineEnd}${style.lineEnd}`;
  return { span: { file: file.file, start, end: start }, text };
}
