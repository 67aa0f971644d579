import type { YamlEntry, YamlNode, YamlScalar } from '../../read/yaml/tree.ts';
import { goText } from './go-text.ts';
import { entryOf, partSpan, scalarOf } from './tree-build.ts';

/**
 * `KEY=value` texts and the mappings they stand for. A text that was made from a mapping remembers the entry, so that
 * turning it back loses no span.
 */
const made = new WeakMap<YamlScalar, YamlEntry>();

/** A mapping, list or text as a list, sorted where it was a mapping, as compose-go does before it appends. */
export function intoSequence(node: YamlNode | undefined): readonly YamlNode[] {
  if (node === undefined) return [];
  if (node.kind === 'list') return node.items;
  if (node.kind === 'scalar') return typeof node.value === 'string' ? [node] : [];
  const texts: YamlScalar[] = [];
  for (const entry of node.entries.values()) {
    const { key, value } = entry;
    if (value.kind === 'list') for (const item of value.items) texts.push(keyValue(entry, item));
    else if (value.kind === 'scalar' && value.value === null) texts.push(remember(scalarOf(key, entry.keySpan), entry));
    else texts.push(keyValue(entry, value));
  }
  return texts.sort((a, b) => compare(String(a.value), String(b.value)));
}

function keyValue(entry: YamlEntry, value: YamlNode): YamlScalar {
  const text = value.kind === 'scalar' ? goText(value) : '';
  const scalar = scalarOf(`${entry.key}=${text}`, value.span);
  const template =
    value.kind === 'scalar' && value.template !== undefined ? { template: `${entry.key}=${value.template}` } : {};
  return remember({ ...scalar, ...template }, { ...entry, value });
}

function remember(scalar: YamlScalar, entry: YamlEntry): YamlScalar {
  made.set(scalar, entry);
  return scalar;
}

/** `KEY=value` as an entry; without a `=`, the value is null. */
export function intoEntry(scalar: YamlScalar): YamlEntry {
  const known = made.get(scalar);
  if (known && known.value.kind === 'scalar') return known;
  const text = goText(scalar);
  const sign = text.indexOf('=');
  if (sign === -1) return entryOf(text, scalarOf(null, scalar.span), scalar.span);
  const value = scalarOf(text.slice(sign + 1), partSpan(scalar, sign + 1, text.length));
  const template = templateValue(scalar);
  return entryOf(
    text.slice(0, sign),
    template === undefined ? value : { ...value, template },
    partSpan(scalar, 0, sign),
  );
}

/** What follows the `=` in the template, where the key has no variable in it. */
function templateValue(scalar: YamlScalar): string | undefined {
  if (scalar.template === undefined) return undefined;
  const sign = scalar.template.indexOf('=');
  return sign === -1 || scalar.template.slice(0, sign).includes('$')
    ? scalar.template
    : scalar.template.slice(sign + 1);
}

/** Byte order, as Go compares strings. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
