import type { YamlEntry, YamlList, YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import { intoSequence } from './key-values.ts';
import type { Loading } from './loading.ts';
import type { MergeRule } from './table/attribute.ts';
import { type Place, placeOf, top } from './table/table.ts';
import { asMap, isNull, text } from './tree-access.ts';
import { entryOf, listOf, mapOf, recordOf, scalarOf } from './tree-build.ts';

/** Puts a later document onto what is merged so far, as the table says for each attribute. */
export function mergeDocuments(base: YamlMap, later: YamlMap, loading: Loading): YamlMap {
  return mergeMaps(base, later, top(), '', loading);
}

/** Puts one resource or service onto another: `place` is where it stands. */
export function mergeNodes(
  base: YamlNode,
  later: YamlNode,
  place: Place | undefined,
  path: string,
  loading: Loading,
): YamlNode {
  const rule = place?.attribute?.merge;
  if (rule) return RULES[rule](base, later, place, path, loading);
  // Nothing written takes nothing away; that needs `!reset`.
  if (isNull(later)) return base;
  if (base.kind === 'map') {
    if (later.kind === 'map') return mergeMaps(base, later, place, path, loading);
  } else if (base.kind === 'list') {
    if (later.kind === 'list') return { ...base, items: [...base.items, ...later.items] };
  } else return later;
  loading.refuse('merge-conflict', `cannot override ${path}`, later.span);
  return base;
}

function mergeMaps(base: YamlMap, later: YamlMap, place: Place | undefined, path: string, loading: Loading): YamlMap {
  const entries = new Map(base.entries);
  for (const entry of later.entries.values()) {
    const known = entries.get(entry.key);
    if (!known) {
      entries.set(entry.key, entry);
      continue;
    }
    const inside = path === '' ? entry.key : `${path}.${entry.key}`;
    const value = mergeNodes(known.value, entry.value, placeOf(place, entry.key), inside, loading);
    // The key shown is the one beside the value that stands.
    entries.set(entry.key, value === entry.value ? entry : { ...known, value });
  }
  return { ...base, entries };
}

type Merge = (base: YamlNode, later: YamlNode, place: Place, path: string, loading: Loading) => YamlNode;

const RULES: Readonly<Record<MergeRule, Merge>> = {
  replace: (_, later) => later,
  'key-value': (base, later) => join(base, [...intoSequence(base), ...intoSequence(later)]),
  'extra-hosts'(base, later) {
    const first = intoSequence(base);
    const known = new Set(first.map(text));
    return join(base, [...first, ...intoSequence(later).filter((item) => !known.has(text(item)))]);
  },
  build: (base, later, place, path, loading) => mergeMaps(longBuild(base), longBuild(later), place, path, loading),
  'depends-on': (base, later, place, path, loading) =>
    mergeMaps(longDependsOn(base), longDependsOn(later), place, path, loading),
  names: (base, later, place, path, loading) => mergeMaps(longNames(base), longNames(later), place, path, loading),
  logging(base, later, place, path, loading) {
    const first = asMap(base);
    const second = asMap(later);
    if (!first || !second) return isNull(later) ? base : later;
    const before = first.entries.get('driver');
    const after = second.entries.get('driver');
    // Options belong to a driver: another driver starts anew.
    if (before && after && text(before.value) !== text(after.value)) return later;
    return mergeMaps(first, second, place, path, loading);
  },
  // compose-go replaces one limit by the other, whatever their forms.
  ulimit: (base, later) => (isNull(later) ? base : later),
  'ipam-config'(base, later, place, path, loading) {
    if (base.kind !== 'list' || later.kind !== 'list') {
      loading.refuse('merge-conflict', `${path}: unexpected type`, later.span);
      return later;
    }
    return mergeSubnets(base, later, place, path, loading);
  },
};

function join(base: YamlNode, items: readonly YamlNode[]): YamlList {
  return listOf(items, base.span);
}

/** By subnet. As compose-go does it: of the earlier ones, only those stay whose subnet the later file has too. */
function mergeSubnets(base: YamlList, later: YamlList, place: Place, path: string, loading: Loading): YamlList {
  const merged: YamlMap[] = [];
  const subnet = (map: YamlMap) => text(map.entries.get('subnet')?.value);
  const indexOf = (map: YamlMap) => merged.findIndex((known) => subnet(known) === subnet(map));
  for (const original of base.items) {
    let right = longNames(original);
    for (const override of later.items) {
      const left = longNames(override);
      if (subnet(left) !== subnet(right) && indexOf(left) === -1) {
        merged.push(left);
        continue;
      }
      right = mergeMaps(right, left, place.item, path, loading);
      const at = indexOf(right);
      if (at === -1) merged.push(right);
      else merged[at] = right;
    }
  }
  return { ...base, items: merged };
}

export function longBuild(node: YamlNode): YamlMap {
  if (node.kind === 'map') return node;
  return isNull(node) || node.kind === 'list' ? mapOf([], node.span) : mapOf([entryOf('context', node)], node.span);
}

/** `[db]` as `{db: {condition: service_started, required: true}}`. */
export function longDependsOn(node: YamlNode): YamlMap {
  return byName(node, (item) => recordOf({ condition: 'service_started', required: true }, item.span));
}

/** `[front]` as `{front: null}`. */
export function longNames(node: YamlNode): YamlMap {
  return byName(node, (item) => scalarOf(null, item.span));
}

function byName(node: YamlNode, value: (item: YamlNode) => YamlNode): YamlMap {
  if (node.kind === 'map') return node;
  const entries: YamlEntry[] = [];
  if (node.kind === 'list')
    for (const item of node.items) {
      const name = text(item);
      if (name !== undefined) entries.push(entryOf(name, value(item), item.span));
    }
  return mapOf(entries, node.span);
}
