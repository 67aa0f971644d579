import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../../read/yaml/tree.ts';
import { parseBytes } from '../../vocabulary/bytes.ts';
import { parseDuration } from '../../vocabulary/duration.ts';
import { descend } from './descend.ts';
import { goText, isGoFloat } from './go-text.ts';
import { toBoolean, toFloat, toInteger } from './interpolate.ts';
import { compare, intoEntry } from './key-values.ts';
import type { Loading } from './loading.ts';
import { splitWords } from './shell-words.ts';
import type { FinalForm } from './table/attribute.ts';
import { isNull, text } from './tree-access.ts';
import { listOf, mapItems, mapOf, mapValues, partSpan, scalarOf } from './tree-build.ts';

/** Gives every attribute the one form it has in the finished model; refuses what cannot take it. */
export function finish(document: YamlMap, loading: Loading): YamlMap {
  return descend(document, 'becomes', (node, attribute, path) =>
    attribute.becomes ? FORMS[attribute.becomes](node, path, loading) : node,
  );
}

type Form = (node: YamlNode, path: string, loading: Loading) => YamlNode;

/** A scalar that is read as something else; undefined is refused. */
function scalarForm(what: string, read: (scalar: YamlScalar) => YamlScalar['value'] | undefined): Form {
  return (node, path, loading) => {
    if (node.kind !== 'scalar' || node.value === null) return node;
    const value = read(node);
    if (value === node.value) return node;
    if (value !== undefined) return { ...node, value };
    loading.refuse('bad-value', `${path}: ${JSON.stringify(node.template ?? goText(node))} is no ${what}`, node.span);
    return node;
  };
}

const FORMS: Readonly<Record<FinalForm, Form>> = {
  boolean: scalarForm('boolean', ({ value }) => (typeof value === 'string' ? toBoolean(value) : value)),
  integer: scalarForm('integer', ({ value }) => whole(typeof value === 'string' ? toInteger(value) : value)),
  count: scalarForm('number of things', ({ value }) => natural(typeof value === 'string' ? toInteger(value) : value)),
  // compose-go has no way from a text to these: `"5"` is refused.
  rate: scalarForm('whole number', ({ value }) => natural(typeof value === 'string' ? undefined : value)),
  ulimit: scalarForm('limit', (scalar) =>
    typeof scalar.value === 'number' && !isGoFloat(scalar) ? scalar.value : undefined,
  ),
  float: scalarForm('number', ({ value }) => (typeof value === 'string' ? toFloat(value) : value)),
  // compose-go makes 0 of a fraction of bytes.
  bytes: scalarForm('size', (scalar) => {
    const { value } = scalar;
    if (typeof value === 'string') return /^-\d+$/.test(value) ? Number(value) : parseBytes(value);
    return isGoFloat(scalar) ? 0 : value;
  }),
  duration: scalarForm('duration', (scalar) => {
    const written = goText(scalar);
    return parseDuration(written) === undefined ? undefined : written;
  }),
  mode: scalarForm('file mode', (scalar) => {
    const { value } = scalar;
    if (typeof value !== 'string') return isGoFloat(scalar) ? undefined : value;
    return /^(?:0o)?[0-7]+$/.test(value) ? Number.parseInt(value.replace('0o', ''), 8) : undefined;
  }),
  'device-count': scalarForm('number of devices', (scalar) => {
    const { value } = scalar;
    if (typeof value !== 'string') return isGoFloat(scalar) ? undefined : value;
    return value.toLowerCase() === 'all' ? -1 : toInteger(value);
  }),
  text: scalarForm('text', (scalar) =>
    isGoFloat(scalar) || typeof scalar.value === 'boolean' ? undefined : goText(scalar),
  ),
  list(node) {
    const list = node.kind === 'scalar' && !isNull(node) ? listOf([node], node.span) : node;
    if (list.kind !== 'list') return list;
    return mapItems(list, (item) =>
      item.kind === 'scalar' && typeof item.value === 'number' ? { ...item, value: goText(item) } : item,
    );
  },
  command(node, path, loading) {
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
    const split = splitWords(node.value);
    if (!split) {
      loading.refuse('bad-command', `${path}: invalid command line string`, node.span);
      return node;
    }
    if (split.droppedFrom !== undefined) {
      const span = partSpan(node, split.droppedFrom, node.value.length);
      loading.warn(
        'command-cut-short',
        `${path}: Compose drops everything from the shell operator on; no shell reads this`,
        span,
      );
    }
    const words = split.words.map((word) => scalarOf(word.text, partSpan(node, word.start, word.end)));
    return listOf(words, node.span);
  },
  'health-test': (node) =>
    node.kind === 'scalar' && typeof node.value === 'string'
      ? listOf([scalarOf('CMD-SHELL', node.span), node], node.span)
      : node,
  mapping(node, path, loading) {
    const map = intoMap(node, (value) =>
      value.value === null || typeof value.value === 'string' ? value : { ...value, value: goText(value) },
    );
    // compose-go looks at keys of lists only.
    if (map.kind !== 'map' || node.kind !== 'list') return map;
    for (const { key, keySpan } of map.entries.values()) {
      if (/\s$/.test(key))
        loading.refuse(
          'bad-variable',
          `${path}: environment variable ${key} is declared with a trailing space`,
          keySpan,
        );
    }
    return map;
  },
  'text-mapping': (node) =>
    intoMap(node, (value) =>
      typeof value.value === 'string' ? value : { ...value, value: value.value === null ? '' : goText(value) },
    ),
  /** Texts, and whole numbers as texts; anything else is refused. */
  texts: (node, path, loading) =>
    node.kind !== 'map'
      ? node
      : mapValues(node, (value, key) => {
          if (value.kind === 'scalar') return FORMS.text(value, `${path}.${key}`, loading);
          loading.refuse('bad-type', `${path}.${key} must be a string`, value.span);
          return value;
        }),
  options: (node) =>
    node.kind === 'map'
      ? mapValues(node, (value) => {
          const items = value.kind === 'list' ? value.items : [value];
          return listOf(
            items.map((item) => (item.kind === 'scalar' ? { ...item, value: goText(item) } : item)),
            value.span,
          );
        })
      : node,
  hosts: hostList,
};

function whole(value: YamlScalar['value'] | undefined) {
  return typeof value === 'number' ? Math.trunc(value) : value;
}

function natural(value: YamlScalar['value'] | undefined) {
  return typeof value === 'number' && value < 0 ? undefined : whole(value);
}

function intoMap(node: YamlNode, change: (value: YamlScalar) => YamlScalar): YamlNode {
  if (node.kind === 'list') {
    const entries: YamlEntry[] = [];
    for (const item of node.items) if (item.kind === 'scalar') entries.push(intoEntry(item));
    return intoMap(mapOf(entries, node.span), change);
  }
  return node.kind === 'map' ? mapValues(node, (value) => (value.kind === 'scalar' ? change(value) : value)) : node;
}

/** `host=address`, sorted; `host:address` and mappings come to the same. */
function hostList(node: YamlNode, path: string, loading: Loading): YamlNode {
  const hosts: { host: string; address: string; span: YamlScalar['span'] }[] = [];
  const add = (host: string, address: string, span: YamlScalar['span']) => {
    if (host === '' || /[:=]/.test(host)) loading.refuse('bad-host', `${path}: bad host name '${host}'`, span);
    const bare =
      address.length > 2 && address.startsWith('[') && address.endsWith(']') ? address.slice(1, -1) : address;
    hosts.push({ host, address: bare, span });
  };
  if (node.kind === 'map') {
    for (const { key, value } of node.entries.values()) {
      if (value.kind === 'list') for (const item of value.items) add(key, text(item) ?? '', item.span);
      else add(key, text(value) ?? '', value.span);
    }
  } else if (node.kind === 'list') {
    for (const item of node.items) {
      const written = text(item) ?? '';
      const at = written.includes('=') ? written.indexOf('=') : written.indexOf(':');
      if (at === -1) loading.refuse('bad-host', `${path}: invalid additional host, missing IP: ${written}`, item.span);
      else for (const address of written.slice(at + 1).split(',')) add(written.slice(0, at), address, item.span);
    }
  } else return node;
  const texts = hosts.map(({ host, address, span }) => scalarOf(`${host}=${address}`, span));
  return listOf(
    texts.sort((a, b) => compare(String(a.value), String(b.value))),
    node.span,
  );
}
