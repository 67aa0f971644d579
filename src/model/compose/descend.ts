import type { YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import type { Attribute } from './table/attribute.ts';
import { type Place, placeOf, top } from './table/table.ts';
import { mapItems, mapValues } from './tree-build.ts';

/** The field of the table that a phase is about. */
type Field = 'unique' | 'canonical' | 'becomes' | 'relative';
type Change = (node: YamlNode, attribute: Attribute, path: string) => YamlNode;

/** Places of the table with rows below that have the field; worked out once. */
const leading: Readonly<Record<Field, Map<Place, boolean>>> = {
  unique: new Map(),
  canonical: new Map(),
  becomes: new Map(),
  relative: new Map(),
};

/**
 * Walks a document beside the table and changes the nodes whose row has `field`, parents before their children. Parts
 * of the document that no such row is below of are not visited.
 */
export function descend(document: YamlMap, field: Field, change: Change): YamlMap {
  const result = visit(document, top(), '', field, change);
  return result.kind === 'map' ? result : document;
}

function visit(node: YamlNode, place: Place, path: string, field: Field, change: Change): YamlNode {
  if (!leads(place, field)) return node;
  const changed = place.attribute && place.attribute[field] !== undefined ? change(node, place.attribute, path) : node;
  if (changed.kind === 'map')
    return mapValues(changed, (value, key) => {
      const next = placeOf(place, key);
      // `x-…` of a resource list is a resource; elsewhere the table has no row for it.
      return next ? visit(value, next, path === '' ? key : `${path}.${key}`, field, change) : value;
    });
  const item = place.item;
  if (changed.kind === 'list' && item)
    return mapItems(changed, (value, index) => visit(value, item, `${path}.${index}`, field, change));
  return changed;
}

/** Whether the place or one below it has the field. */
function leads(place: Place, field: Field): boolean {
  const wanted = leading[field];
  const known = wanted.get(place);
  if (known !== undefined) return known;
  const result =
    (place.attribute !== undefined && place.attribute[field] !== undefined) ||
    [...place.named.values()].some((next) => leads(next, field)) ||
    (place.any !== undefined && leads(place.any, field)) ||
    (place.item !== undefined && leads(place.item, field));
  wanted.set(place, result);
  return result;
}
