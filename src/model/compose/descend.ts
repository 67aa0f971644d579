import type { YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import type { Attribute } from './table/attribute.ts';
import { type Place, placeOf, top } from './table/table.ts';
import { mapItems, mapValues } from './tree-build.ts';

type Test = (attribute: Attribute) => boolean;
type Change = (node: YamlNode, attribute: Attribute, path: string) => YamlNode;

/**
 * Walks a document beside the table and changes the nodes whose row passes `test`, parents before their children.
 * Parts of the document that no such row is below of are not visited.
 */
export function descend(document: YamlMap, test: Test, change: Change): YamlMap {
  const result = visit(document, top, '', test, change, new Map());
  return result.kind === 'map' ? result : document;
}

function visit(
  node: YamlNode,
  place: Place,
  path: string,
  test: Test,
  change: Change,
  wanted: Map<Place, boolean>,
): YamlNode {
  if (!leads(place, test, wanted)) return node;
  const changed = place.attribute && test(place.attribute) ? change(node, place.attribute, path) : node;
  if (changed.kind === 'map')
    return mapValues(changed, (value, key) => {
      const next = placeOf(place, key);
      // `x-…` of a resource list is a resource; elsewhere the table has no row for it.
      return next ? visit(value, next, path === '' ? key : `${path}.${key}`, test, change, wanted) : value;
    });
  const item = place.item;
  if (changed.kind === 'list' && item)
    return mapItems(changed, (value, index) => visit(value, item, `${path}.${index}`, test, change, wanted));
  return changed;
}

/** Whether the place or one below it passes the test. */
function leads(place: Place, test: Test, wanted: Map<Place, boolean>): boolean {
  const known = wanted.get(place);
  if (known !== undefined) return known;
  const result =
    (place.attribute !== undefined && test(place.attribute)) ||
    [...place.named.values()].some((next) => leads(next, test, wanted)) ||
    (place.any !== undefined && leads(place.any, test, wanted)) ||
    (place.item !== undefined && leads(place.item, test, wanted));
  wanted.set(place, result);
  return result;
}
