import type { YamlList, YamlMap, YamlNode, YamlScalar } from '../../read/yaml/tree.ts';
import type { Loading } from './loading.ts';
import type { Accepts, Kind } from './table/accepts.ts';
import { type Place, top } from './table/table.ts';
import { toPlain } from './tree-access.ts';

/** Checks types, keys, words and bounds against the table; messages are worded as Compose's. */
export function validate(document: YamlMap, loading: Loading): void {
  check(document, top(), '', loading);
}

function check(node: YamlNode, place: Place, path: string, loading: Loading): void {
  const refuse = (code: string, message: string) => loading.refuse(code, `${path} ${message}`, node.span);
  if (!accepts(node, place.accepts)) {
    refuse('bad-type', `must be a ${wants(place.accepts)}`);
    return;
  }
  switch (node.kind) {
    case 'map':
      checkMap(node, place, path, loading);
      break;
    case 'list':
      checkList(node, place, path, loading);
      break;
    case 'scalar':
      checkScalar(node, place, refuse);
  }
}

function accepts(node: YamlNode, type: Accepts): boolean {
  const { kinds } = type;
  if (node.kind === 'map') return kinds.includes('mapping');
  if (node.kind === 'list') return kinds.includes('list');
  switch (typeof node.value) {
    case 'string':
      return kinds.includes('string');
    case 'boolean':
      return kinds.includes('boolean');
    case 'number':
      return kinds.includes('number') || (kinds.includes('integer') && Number.isInteger(node.value));
    default:
      return kinds.includes('null');
  }
}

/** Compose names one of several forms, and all of several scalars in the order of the alphabet. */
function wants(type: Accepts): string {
  const form = type.kinds.find((kind): kind is Kind => kind === 'mapping' || kind === 'list');
  const scalars = type.kinds.filter((kind) => kind !== 'mapping' && kind !== 'list');
  if (form === 'mapping') return 'mapping';
  if (form === 'list' && scalars.length === 0) return 'array';
  const words = [...scalars.map(String), ...(form === 'list' ? ['array'] : [])].sort();
  return words.length === 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function checkMap(map: YamlMap, place: Place, path: string, loading: Loading): void {
  const { attribute } = place;
  const below = (key: string) => (path === '' ? key : `${path}.${key}`);
  for (const key of attribute?.required ?? []) {
    if (!map.entries.has(key)) loading.refuse('missing-key', `${path} missing property '${key}'`, map.span);
  }
  for (const entry of map.entries.values()) {
    const named = place.named.get(entry.key);
    if (named) check(entry.value, named, below(entry.key), loading);
    else if (place.any && (!attribute?.keys || attribute.keys.test(entry.key)))
      check(entry.value, place.any, below(entry.key), loading);
    else if (attribute?.open || (entry.key.startsWith('x-') && !attribute?.noExtensions)) continue;
    else
      loading.refuse(
        'unknown-key',
        `${path} additional properties '${entry.key}' not allowed`.trimStart(),
        entry.keySpan,
      );
  }
}

function checkList(list: YamlList, place: Place, path: string, loading: Loading): void {
  const { item } = place;
  if (item) for (const [index, node] of list.items.entries()) check(node, item, `${path}.${index}`, loading);
  if (!place.attribute?.distinct && !place.accepts.distinct) return;
  const seen = new Map<string, number>();
  for (const [index, node] of list.items.entries()) {
    const key = JSON.stringify(toPlain(node));
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else loading.refuse('not-unique', `${path} items at ${first} and ${index} are equal`, node.span);
  }
}

function checkScalar(scalar: YamlScalar, place: Place, refuse: (code: string, message: string) => void): void {
  const { attribute } = place;
  if (!attribute) return;
  const { value } = scalar;
  if (typeof value === 'number') {
    if (attribute.minimum !== undefined && value < attribute.minimum)
      refuse('out-of-range', `must be greater than or equal to ${attribute.minimum}`);
    if (attribute.maximum !== undefined && value > attribute.maximum)
      refuse('out-of-range', `must be less than or equal to ${attribute.maximum}`);
  }
  if (typeof value !== 'string') return;
  if (attribute.oneOf && !attribute.oneOf.includes(value))
    refuse('bad-value', `value must be one of ${attribute.oneOf.map((word) => `'${word}'`).join(', ')}`);
  if (attribute.pattern && !attribute.pattern.test(value))
    refuse('bad-value', `'${value}' does not match pattern '${attribute.pattern.source}'`);
}
