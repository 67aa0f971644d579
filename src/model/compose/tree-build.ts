import type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from '../../read/yaml/tree.ts';
import type { Span } from '../../vocabulary/span.ts';

/** Nodes that the loader makes. Each keeps the span of what it was made from. */

export function scalarOf(value: YamlScalar['value'], span: Span): YamlScalar {
  return { kind: 'scalar', value, source: value === null ? '' : String(value), style: 'plain', span };
}

export function listOf(items: readonly YamlNode[], span: Span): YamlList {
  return { kind: 'list', items, span };
}

export function mapOf(entries: Iterable<YamlEntry>, span: Span): YamlMap {
  const byKey = new Map<string, YamlEntry>();
  for (const entry of entries) byKey.set(entry.key, entry);
  return { kind: 'map', entries: byKey, span };
}

/** A mapping from keys to values, all with one span. */
export function recordOf(
  values: Readonly<Record<string, YamlNode | YamlScalar['value'] | undefined>>,
  span: Span,
): YamlMap {
  const entries: YamlEntry[] = [];
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    entries.push(entryOf(key, value !== null && typeof value === 'object' ? value : scalarOf(value, span), span));
  }
  return mapOf(entries, span);
}

export function entryOf(key: string, value: YamlNode, keySpan: Span = value.span): YamlEntry {
  return { key, keySpan, value };
}

export function withEntry(map: YamlMap, key: string, value: YamlNode, keySpan?: Span): YamlMap {
  const entries = new Map(map.entries);
  const known = entries.get(key);
  entries.set(key, { key, keySpan: known?.keySpan ?? keySpan ?? value.span, value });
  return { ...map, entries };
}

export function withoutEntry(map: YamlMap, key: string): YamlMap {
  if (!map.entries.has(key)) return map;
  const entries = new Map(map.entries);
  entries.delete(key);
  return { ...map, entries };
}

/** The mapping with each value replaced; the very same mapping where nothing changed. `undefined` drops the entry. */
export function mapValues(
  map: YamlMap,
  change: (value: YamlNode, key: string, entry: YamlEntry) => YamlNode | undefined,
): YamlMap {
  let entries: Map<string, YamlEntry> | undefined;
  for (const entry of map.entries.values()) {
    const value = change(entry.value, entry.key, entry);
    if (value === entry.value) continue;
    entries ??= new Map(map.entries);
    if (value === undefined) entries.delete(entry.key);
    else entries.set(entry.key, { ...entry, value });
  }
  return entries ? { ...map, entries } : map;
}

/** The list with each element replaced; the very same list where nothing changed. */
export function mapItems(list: YamlList, change: (item: YamlNode, index: number) => YamlNode): YamlList {
  let items: YamlNode[] | undefined;
  list.items.forEach((item, index) => {
    const value = change(item, index);
    if (value === item) return;
    items ??= [...list.items];
    items[index] = value;
  });
  return items ? { ...list, items } : list;
}

/**
 * The span of a part of a scalar's text, where the text stands in the file as it is: one line, no escapes, no
 * variables. Else the span of the whole scalar.
 */
export function partSpan(scalar: YamlScalar, from: number, to: number): Span {
  const { span, style } = scalar;
  const text = String(scalar.value);
  const quotes = style === 'single' || style === 'double' ? 1 : 0;
  if (scalar.template !== undefined || span.end - span.start !== text.length + 2 * quotes) return span;
  return { file: span.file, start: span.start + quotes + from, end: span.start + quotes + to };
}
