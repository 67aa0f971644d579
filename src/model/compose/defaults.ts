import type { YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import { child, text } from './tree-access.ts';
import { mapItems, mapValues, scalarOf, withEntry } from './tree-build.ts';

/** Writes down what holds where nothing is said; each default keeps the span of the mapping it belongs to. */
export function setDefaults(document: YamlMap): YamlMap {
  return inside(document, ['services'], (services) =>
    services.kind === 'map'
      ? mapValues(services, (service) => (service.kind === 'map' ? ofService(service) : service))
      : services,
  );
}

function ofService(service: YamlMap): YamlMap {
  let result = inside(service, ['build'], (build) => missing(build, 'context', '.'));
  result = items(result, ['secrets'], (secret) =>
    missing(secret, 'target', `/run/secrets/${text(child(secret, 'source')) ?? ''}`),
  );
  result = items(result, ['ports'], (port) => missing(missing(port, 'mode', 'ingress'), 'protocol', 'tcp'));
  result = items(result, ['gpus'], allDevices);
  result = items(result, ['deploy', 'resources', 'reservations', 'devices'], allDevices);
  return items(result, ['volumes'], (volume) =>
    volume.kind === 'map' ? inside(volume, ['bind'], (bind) => missing(bind, 'create_host_path', true)) : volume,
  );
}

function allDevices(request: YamlNode): YamlNode {
  return child(request, 'device_ids') ? request : missing(request, 'count', 'all');
}

function missing(node: YamlNode, key: string, value: string | boolean): YamlNode {
  if (node.kind !== 'map' || node.entries.has(key)) return node;
  return withEntry(node, key, scalarOf(value, node.span));
}

function inside(map: YamlMap, path: readonly string[], change: (node: YamlNode) => YamlNode): YamlMap {
  const [key = '', ...rest] = path;
  const value = map.entries.get(key)?.value;
  if (!value) return map;
  const next = rest.length === 0 ? change(value) : value.kind === 'map' ? inside(value, rest, change) : value;
  return next === value ? map : withEntry(map, key, next);
}

function items(map: YamlMap, path: readonly string[], change: (item: YamlNode) => YamlNode): YamlMap {
  return inside(map, path, (list) => (list.kind === 'list' ? mapItems(list, change) : list));
}
