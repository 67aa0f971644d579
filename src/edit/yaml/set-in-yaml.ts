import type { YamlEntry, YamlFile, YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import type { Edit, LeftToPerson } from '../../vocabulary/fix.ts';
import {
  endOfColon,
  endOfEntry,
  isHere,
  isNothing,
  lineEnd,
  lineStart,
  nextLine,
  ownEntries,
  ownEntry,
} from './place.ts';
import { columnOf, isFlow, styleOf } from './style.ts';
import type { Value } from './value.ts';
import { writeAfterKey, writeBlock, writeEntry, writeFlow } from './write.ts';

/** Edits of one YAML text, or why it is left as it is: what an anchor shares is not changed for one of its users. */
export type TextChange = readonly Edit[] | LeftToPerson;

const shared: LeftToPerson = { left: 'it is written in an anchor that others use too' };
const unreadable: LeftToPerson = { left: 'the place in the file is written in a way that cannot be edited safely' };

/**
 * Sets the value at `path` (keys of mappings), making the mappings on the way. What is there is replaced; where that
 * is a block, all of it. An empty path is refused.
 */
export function setInYaml(file: YamlFile, path: readonly string[], value: Value): TextChange {
  return withPlace(file, path, (map, rest) => {
    const [key] = rest;
    if (key === undefined) return unreadable;
    const entry = ownEntry(map, key);
    if (entry)
      return rest.length === 1
        ? replaceValue(file, map, entry, value)
        : fill(file, entry, nested(rest.slice(1), value));
    return map.entries.has(key) && rest.length > 1 ? shared : addEntry(file, map, key, nested(rest.slice(1), value));
  });
}

/** Adds an item at the end of the list at `path`; makes the list where there is none. */
export function appendInYaml(file: YamlFile, path: readonly string[], item: Value): TextChange {
  return withPlace(file, path, (map, rest) => {
    const [key] = rest;
    if (key === undefined) return unreadable;
    const entry = ownEntry(map, key);
    if (!entry) return map.entries.has(key) ? shared : addEntry(file, map, key, nested(rest.slice(1), [item]));
    if (rest.length > 1) return fill(file, entry, nested(rest.slice(1), [item]));
    const list = entry.value;
    if (isNothing(list)) return fill(file, entry, [item]);
    if (!isHere(list)) return shared;
    if (list.kind !== 'list') return unreadable;
    return addItem(file, entry, list.items, list, item);
  });
}

/** Takes out the entry at `path`, and mappings that would be left empty by it. Comments stay. */
export function removeInYaml(file: YamlFile, path: readonly string[]): TextChange {
  return withPlace(file, path, (map, rest, above) => {
    const [key] = rest;
    if (key === undefined || rest.length > 1) return [];
    const entry = ownEntry(map, key);
    if (!entry) return map.entries.has(key) ? shared : [];
    let holder = map;
    let leaving = entry;
    for (const outer of above.toReversed()) {
      if (ownEntries(holder).length > 1 || holder.entries.size > 1) break;
      holder = outer.map;
      leaving = outer.entry;
    }
    return [takeOut(file, holder, leaving)];
  });
}

/** Takes out the items of the list at `path` that `is` names by their index, or the whole entry when none remain. */
export function removeItemsInYaml(file: YamlFile, path: readonly string[], indexes: readonly number[]): TextChange {
  const list = nodeIn(file, path);
  if (list?.kind !== 'list') return [];
  if (!isHere(list)) return shared;
  if (indexes.length >= list.items.length) return removeInYaml(file, path);
  const edits: Edit[] = [];
  for (const index of indexes) {
    const item = list.items[index];
    if (!item) continue;
    const end = (item.alias ?? item.span).end;
    const start = (item.alias ?? item.span).start;
    if (isFlow(file, list)) edits.push(flowRemoval(file, list.items, index, start, end));
    else {
      const from = lineStart(file.text, start);
      if (!/^[ \t]*-[ \t]+(?:[&!]\S+[ \t]+)*$/.test(file.text.slice(from, start))) return unreadable;
      edits.push(wholeLines(file, from, end));
    }
  }
  return edits;
}

/** The node at `path` (a number finds an item of a list) as this file writes it; undefined where only an anchor's or another file's text has it. */
export function nodeIn(file: YamlFile, path: readonly string[]): YamlNode | undefined {
  let here: YamlNode | undefined = file.documents[0];
  for (const key of path) {
    if (!here || !isHere(here)) return undefined;
    if (here.kind === 'scalar') return undefined;
    here = here.kind === 'list' ? here.items[Number(key)] : ownEntry(here, key)?.value;
  }
  return here;
}

interface Above {
  readonly map: YamlMap;
  readonly entry: YamlEntry;
}

/** Walks down as far as the file itself goes, and calls back with the last mapping and the keys that are left. */
function withPlace(
  file: YamlFile,
  path: readonly string[],
  act: (map: YamlMap, rest: readonly string[], above: readonly Above[]) => TextChange,
): TextChange {
  if (file.documents.length !== 1 || file.faults.some(({ refused }) => refused)) return unreadable;
  const root = file.documents[0];
  if (root?.kind !== 'map') return unreadable;
  let map: YamlMap = root;
  let above: Above[] = [];
  for (let depth = 0; depth < path.length - 1; depth++) {
    const key = path[depth] as string;
    const list = ownEntry(map, key)?.value;
    if (list?.kind === 'list' && depth + 2 < path.length) {
      const item = list.items[Number(path[depth + 1])];
      if (!isHere(list) || !item || !isHere(item)) return shared;
      if (item.kind !== 'map') return unreadable;
      // An item is never left out because it has become empty.
      above = [];
      map = item;
      depth += 1;
      continue;
    }
    const entry = ownEntry(map, key);
    if (!entry) return act(map, path.slice(depth), above);
    if (!isHere(entry.value)) return shared;
    if (isNothing(entry.value)) return act(map, path.slice(depth), above);
    if (entry.value.kind !== 'map') return unreadable;
    above.push({ map, entry });
    map = entry.value;
  }
  return act(map, path.slice(-1), above);
}

function nested(path: readonly string[], value: Value): Value {
  return path.reduceRight<Value>((inner, key) => ({ [key]: inner }), value);
}

function addEntry(file: YamlFile, map: YamlMap, key: string, value: Value): TextChange {
  const style = styleOf(file);
  if (isFlow(file, map)) {
    const close = file.text.lastIndexOf('}', map.span.end);
    const last = ownEntries(map).at(-1);
    if (close < map.span.start) return unreadable;
    const text = `${writeFlow(key, style)}: ${writeFlow(value, style)}`;
    if (!last) return [insertion(file, map.span.start + 1, file.text[map.span.start + 1] === ' ' ? ` ${text}` : text)];
    return [insertion(file, endOfEntry(file, last), `, ${text}`)];
  }
  const column = columnOf(file.text, map.span.start);
  const at = lineEnd(file.text, lastOffset(file, map));
  const gap = map === file.documents[0] && !isDense(file, map) ? style.lineEnd : '';
  return [insertion(file, at, `${gap}${style.lineEnd}${' '.repeat(column)}${writeEntry(key, value, column, style)}`)];
}

/** The author leaves no blank line between the parts of the file. */
function isDense(file: YamlFile, root: YamlMap): boolean {
  const entries = ownEntries(root);
  return entries.some(({ keySpan }, index) => {
    const before = entries[index - 1];
    return before !== undefined && !/\n[ \t]*\r?\n/.test(file.text.slice(endOfEntry(file, before), keySpan.start));
  });
}

/** Behind the last character of the mapping; its span does not count a colon after which nothing stands. */
function lastOffset(file: YamlFile, map: YamlMap): number {
  const last = ownEntries(map).at(-1);
  return last ? Math.max(map.span.end, endOfEntry(file, last)) : map.span.end;
}

/** Gives a value to an entry that has none, or whose value is no mapping one could add to. */
function fill(file: YamlFile, entry: YamlEntry, value: Value): TextChange {
  if (!isNothing(entry.value)) return isHere(entry.value) ? unreadable : shared;
  const style = styleOf(file);
  const colon = endOfColon(file, entry.keySpan.end);
  const end = lineEnd(file.text, colon);
  const text = writeAfterKey(value, columnOf(file.text, entry.keySpan.start), style);
  // A block begins on the next line, so a comment behind the colon stays where it is.
  return [insertion(file, text.startsWith(' ') ? colon : end, text)];
}

function replaceValue(file: YamlFile, map: YamlMap, entry: YamlEntry, value: Value): TextChange {
  if (isNothing(entry.value)) return fill(file, entry, value);
  const style = styleOf(file);
  const at = { ...(entry.value.alias ?? entry.value.span), end: endOfEntry(file, entry) };
  if (isFlow(file, map)) return [{ span: at, text: writeFlow(value, style) }];
  const colon = endOfColon(file, entry.keySpan.end);
  const text = writeAfterKey(value, columnOf(file.text, entry.keySpan.start), style);
  if (!text.startsWith(' ')) return [{ span: { ...at, start: colon }, text }];
  // From the colon on where the old value stands below it; else only the value, so that its blanks stay.
  const isBelow = file.text.slice(colon, at.start).includes('\n');
  return [{ span: isBelow ? { ...at, start: colon } : at, text: isBelow ? text : text.slice(1) }];
}

function addItem(
  file: YamlFile,
  entry: YamlEntry,
  items: readonly YamlNode[],
  list: YamlNode,
  item: Value,
): TextChange {
  const style = styleOf(file);
  const last = items.at(-1);
  if (isFlow(file, list)) {
    if (last) return [insertion(file, (last.alias ?? last.span).end, `, ${writeFlow([item], style).slice(1, -1)}`)];
    return [{ span: list.span, text: writeFlow([item], style) }];
  }
  if (!last) return [{ span: { ...list.span, start: entry.keySpan.end }, text: `:${writeAfterKey([item], 0, style)}` }];
  const column = columnOf(file.text, list.span.start);
  const end = lineEnd(file.text, Math.max(list.span.end, (last.alias ?? last.span).end));
  return [insertion(file, end, `${style.lineEnd}${' '.repeat(column)}${writeBlock([item], column, style)}`)];
}

function takeOut(file: YamlFile, map: YamlMap, entry: YamlEntry): Edit {
  const end = endOfEntry(file, entry);
  if (isFlow(file, map)) {
    const entries = ownEntries(map);
    const index = entries.indexOf(entry);
    const next = entries[index + 1];
    const before = entries[index - 1];
    if (next) return { span: { file: file.file, start: entry.keySpan.start, end: next.keySpan.start }, text: '' };
    return {
      span: { file: file.file, start: before ? endOfEntry(file, before) : entry.keySpan.start, end },
      text: '',
    };
  }
  const from = lineStart(file.text, entry.keySpan.start);
  const head = file.text.slice(from, entry.keySpan.start);
  // `- name: x`: the first key of a mapping in a list shares its line with the dash.
  if (head.trim() !== '') return { span: { file: file.file, start: entry.keySpan.start, end }, text: '' };
  return wholeLines(file, from, end);
}

/** From a line's start to the end of the line that holds `end`; a comment at its end stays, on a line of its own. */
function wholeLines(file: YamlFile, from: number, end: number): Edit {
  const rest = file.text.slice(end, lineEnd(file.text, end));
  if (rest.includes('#')) {
    const comment = rest.indexOf('#');
    const indent = /^[ \t]*/.exec(file.text.slice(from))?.[0] ?? '';
    return { span: { file: file.file, start: from, end: end + comment }, text: indent };
  }
  let until = nextLine(file.text, end);
  // The blank line below what stood at the top of the file goes with it.
  if (from === lineStart(file.text, 0))
    while (/^\r?\n/.test(file.text.slice(until, until + 2))) until = nextLine(file.text, until);
  // At the end of a file without a last line end, the one before goes.
  if (until === file.text.length && !file.text.endsWith('\n') && from > lineStart(file.text, 0))
    return {
      span: { file: file.file, start: file.text[from - 2] === '\r' ? from - 2 : from - 1, end: until },
      text: '',
    };
  return { span: { file: file.file, start: from, end: until }, text: '' };
}

function flowRemoval(file: YamlFile, items: readonly YamlNode[], index: number, start: number, end: number): Edit {
  const next = items[index + 1];
  const before = items[index - 1];
  if (next) return { span: { file: file.file, start, end: (next.alias ?? next.span).start }, text: '' };
  return { span: { file: file.file, start: before ? (before.alias ?? before.span).end : start, end }, text: '' };
}

function insertion(file: YamlFile, at: number, text: string): Edit {
  return { span: { file: file.file, start: at, end: at }, text };
}
