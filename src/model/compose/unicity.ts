import type { YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import { descend } from './descend.ts';
import type { Loading } from './loading.ts';
import type { UniqueKey } from './table/attribute.ts';
import { at, text } from './tree-access.ts';
import { parseVolume } from './volume-spec.ts';

/** Of elements that mean the same thing (a port, a mount point, a variable) the last one stands, at the place of the first. */
export function enforceUnicity(document: YamlMap, loading: Loading): YamlMap {
  return descend(document, 'unique', (node, attribute, path) => {
    if (node.kind !== 'list' || attribute.unique === undefined) return node;
    const keyOf = KEYS[attribute.unique];
    const items: YamlNode[] = [];
    const places = new Map<string, number>();
    for (const [index, item] of node.items.entries()) {
      const key = keyOf(item);
      if (key === undefined) {
        loading.refuse(...REFUSALS[attribute.unique](`${path}[${index}]`), item.span);
        items.push(item);
        continue;
      }
      const known = places.get(key);
      if (known === undefined) {
        places.set(key, items.length);
        items.push(item);
      } else items[known] = item;
    }
    return items.length === node.items.length ? node : { ...node, items };
  });
}

const KEYS: Readonly<Record<UniqueKey, (item: YamlNode) => string | undefined>> = {
  key(item) {
    const value = item.kind === 'scalar' && typeof item.value === 'string' ? item.value : undefined;
    return value === undefined ? undefined : value.includes('=') ? value.slice(0, value.indexOf('=')) : value;
  },
  value: text,
  volume(item) {
    if (item.kind === 'map') return text(at(item, ['target']));
    const spec = parseVolume(text(item) ?? '');
    // A wrong short form is refused where it is made long.
    return typeof spec === 'string' ? `\0${text(item)}` : spec.target.text;
  },
  device(item) {
    if (item.kind === 'map') return text(at(item, ['target']));
    const parts = (text(item) ?? '').split(':');
    return parts[1] ?? parts[0];
  },
  secret: (item) => mountKey(item, '/run/secrets'),
  config: (item) => mountKey(item, ''),
  'env-file': (item) => (item.kind === 'map' ? text(at(item, ['path'])) : (text(item) ?? '')),
  port(item) {
    if (item.kind !== 'map') return text(item) ?? '';
    const target = text(at(item, ['target']));
    if (target === undefined) return undefined;
    const part = (name: string, otherwise: string) => text(at(item, [name])) ?? otherwise;
    const published = at(item, ['published']);
    // compose-go does not take the number 80 and the text "80" for the same port.
    const kind = published?.kind === 'scalar' && typeof published.value === 'number' ? 'number ' : '';
    return `${part('host_ip', '0.0.0.0')}:${kind}${part('published', '')}:${target}/${part('protocol', 'tcp')}`;
  },
};

function mountKey(item: YamlNode, folder: string): string | undefined {
  if (item.kind !== 'map') return text(item) === undefined ? undefined : `${folder}/${text(item)}`;
  return text(at(item, ['target'])) ?? `${folder}/${text(at(item, ['source'])) ?? ''}`;
}

const wrongType = (path: string): [string, string] => ['bad-type', `${path}: unexpected type`];
const REFUSALS: Readonly<Record<UniqueKey, (path: string) => [string, string]>> = {
  key: wrongType,
  value: wrongType,
  secret: wrongType,
  config: wrongType,
  volume: (path) => ['missing-target', `service volume ${path} is missing a mount target`],
  device: (path) => ['missing-target', `service device ${path} is missing a mount target`],
  port: (path) => ['missing-target', `service ports ${path} is missing a target port`],
  'env-file': (path) => ['missing-path', `environment path attribute ${path} is missing`],
};
