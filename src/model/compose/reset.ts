import type { YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import { noResets, type Resets } from './loading.ts';
import { mapItems, mapValues } from './tree-build.ts';

/** A tree of keys that `!reset` and `!override` stand at. */
interface Mark {
  clear: boolean;
  readonly below: Map<string, Mark>;
}

/**
 * Takes `!reset` values out of a document, and the tags off `!override` ones. What is given back besides clears the
 * same places in the files that came before: nothing takes the place of a reset, the value itself that of an override.
 */
export function takeResets(document: YamlNode): { document: YamlNode; resets: Resets } {
  const marks: Mark = { clear: false, below: new Map() };
  const taken = take(document, [], marks);
  const resets = marks.below.size === 0 ? noResets : { apply: (tree: YamlMap) => clear(tree, marks) };
  return { document: taken ?? document, resets };
}

function take(node: YamlNode, path: readonly string[], marks: Mark): YamlNode | undefined {
  if (node.tag === '!reset') {
    mark(marks, path);
    return undefined;
  }
  if (node.tag === '!override') {
    mark(marks, path);
    const { tag: _, ...untagged } = node;
    return untagged;
  }
  if (node.kind === 'map') return mapValues(node, (value, key) => take(value, [...path, key], marks));
  if (node.kind !== 'list') return node;
  // An element is dropped here; in earlier files Compose cannot tell which one is meant.
  const kept = node.items.filter((item) => item.tag !== '!reset');
  const list = kept.length === node.items.length ? node : { ...node, items: kept };
  return mapItems(list, (item, index) => take(item, [...path, `[${index}]`], marks) ?? item);
}

function mark(marks: Mark, path: readonly string[]): void {
  let here = marks;
  for (const key of path) {
    const next = here.below.get(key) ?? { clear: false, below: new Map<string, Mark>() };
    here.below.set(key, next);
    here = next;
  }
  here.clear = true;
}

function clear(map: YamlMap, marks: Mark): YamlMap {
  return mapValues(map, (value, key) => {
    const found = marks.below.get(key);
    if (!found) return value;
    if (found.clear) return undefined;
    return value.kind === 'map' ? clear(value, found) : value;
  });
}
