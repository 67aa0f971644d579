import type { YamlEntry, YamlList, YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import { descend } from './descend.ts';
import { goText } from './go-text.ts';
import { intoEntry } from './key-values.ts';
import type { Loading } from './loading.ts';
import { longDependsOn, longNames } from './merge.ts';
import { longPorts } from './ports.ts';
import type { CanonicalForm } from './table/attribute.ts';
import { isNull, text } from './tree-access.ts';
import { entryOf, listOf, mapItems, mapOf, mapValues, partSpan, recordOf, scalarOf, withEntry } from './tree-build.ts';
import { longVolume } from './volume-spec.ts';

/** Turns short forms into long ones, so that the next file can be merged key by key. */
export function canonicalize(document: YamlMap, loading: Loading): YamlMap {
  return descend(document, 'canonical', (node, attribute, path) =>
    attribute.canonical ? FORMS[attribute.canonical](node, path, loading) : node,
  );
}

/** Ranges are short and spread to many: no project publishes so many ports. */
const MAX_PORTS = 300_000;

type Form = (node: YamlNode, path: string, loading: Loading) => YamlNode;

const FORMS: Readonly<Record<CanonicalForm, Form>> = {
  build(node) {
    return node.kind === 'scalar' && !isNull(node) ? mapOf([entryOf('context', node)], node.span) : node;
  },
  extends: (node) => (node.kind === 'scalar' && !isNull(node) ? mapOf([entryOf('service', node)], node.span) : node),
  list: (node) => (typeof scalarValue(node) === 'string' ? listOf([node], node.span) : node),
  text: (node) => (node.kind === 'scalar' && typeof node.value !== 'string' ? { ...node, value: goText(node) } : node),
  names: (node) => (node.kind === 'list' ? longNames(node) : node),
  'depends-on'(node) {
    const map = node.kind === 'list' ? longDependsOn(node) : node;
    if (map.kind !== 'map') return map;
    return mapValues(map, (value) => {
      if (value.kind !== 'map') return value;
      const started = value.entries.has('condition')
        ? value
        : withEntry(value, 'condition', scalarOf('service_started', value.span));
      return withRequired(started);
    });
  },
  'env-files'(node) {
    const list = node.kind === 'scalar' && !isNull(node) ? listOf([node], node.span) : node;
    if (list.kind !== 'list') return list;
    return mapItems(list, (item) => {
      if (item.kind === 'scalar') return withRequired(mapOf([entryOf('path', item)], item.span));
      return item.kind === 'map' ? withRequired(item) : item;
    });
  },
  gpus: (node) =>
    node.kind === 'scalar' && !isNull(node) ? listOf([recordOf({ count: 'all' }, node.span)], node.span) : node,
  'file-mount': (node) => (typeof scalarValue(node) === 'string' ? mapOf([entryOf('source', node)], node.span) : node),
  device(node, path, loading) {
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
    const parts = node.value.split(':');
    if (parts.length > 3)
      loading.refuse('bad-device', `${path}: confusing device mapping, use the long syntax`, node.span);
    const source = parts[0] ?? '';
    const target = parts[1] ?? '';
    const piece = (value: string, from: number) => scalarOf(value, partSpan(node, from, from + value.length));
    return recordOf(
      {
        source: piece(source, 0),
        target: target === '' ? piece(source, 0) : piece(target, source.length + 1),
        permissions: parts[2] ?? 'rwm',
      },
      node.span,
    );
  },
  volume(node, path, loading) {
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
    const long = longVolume(node);
    if (typeof long !== 'string') return long;
    // Without interpolation a short form may still have variables in it, so it stays as it is.
    if (!loading.skip.interpolation) loading.refuse('bad-volume', `${path}: ${long}`, node.span);
    return node;
  },
  ports(node, path, loading) {
    if (node.kind !== 'list') return node;
    const ports: YamlNode[] = [];
    for (const item of node.items) {
      const long = item.kind === 'scalar' ? longPorts(item) : item;
      if (typeof long !== 'string') {
        if (Array.isArray(long)) {
          loading.portsSpread += long.length;
          if (loading.portsSpread > MAX_PORTS) {
            loading.refuse('too-many-ports', `more than ${MAX_PORTS} ports`, item.span);
            break;
          }
          for (const port of long) ports.push(port);
        } else ports.push(item);
        continue;
      }
      if (loading.skip.interpolation) return node;
      loading.refuse('bad-port', `${path}: ${long}`, item.span);
    }
    return { ...node, items: ports };
  },
  ssh(node, path, loading) {
    if (node.kind !== 'list') return node;
    return pairs(node, (entry) => {
      if (isNull(entry.value) && entry.key !== 'default')
        loading.refuse('bad-ssh', `${path}: invalid ssh key "${entry.key}"`, entry.keySpan);
    });
  },
  'key-value'(node, path, loading) {
    if (node.kind !== 'list') return node;
    return pairs(node, (entry) => {
      if (isNull(entry.value) && !loading.skip.interpolation)
        loading.refuse('bad-value', `${path}: invalid value ${entry.key}, expected key=value`, entry.keySpan);
    });
  },
  external(node, path, loading) {
    const external = node.kind === 'map' ? node.entries.get('external') : undefined;
    if (node.kind !== 'map' || external?.value.kind !== 'map') return node;
    const exists = withEntry(node, 'external', scalarOf(true, external.value.span));
    const old = external.value.entries.get('name');
    if (!old) return exists;
    loading.warn('deprecated', `${path}: external.name is deprecated; set name and external: true`, old.keySpan);
    const name = node.entries.get('name');
    if (!name) return withEntry(exists, 'name', old.value, old.keySpan);
    if (text(name.value) !== text(old.value))
      loading.refuse(
        'external-name-conflict',
        `${path}: name and external.name conflict; only use name`,
        old.value.span,
      );
    return exists;
  },
};

function scalarValue(node: YamlNode) {
  return node.kind === 'scalar' ? node.value : undefined;
}

function withRequired(map: YamlMap): YamlMap {
  return map.entries.has('required') ? map : withEntry(map, 'required', scalarOf(true, map.span));
}

function pairs(list: YamlList, each: (entry: YamlEntry) => void): YamlMap {
  const entries: YamlEntry[] = [];
  for (const item of list.items) {
    if (item.kind !== 'scalar') continue;
    const entry = intoEntry(item);
    each(entry);
    entries.push(entry);
  }
  return mapOf(entries, list.span);
}

/** `dns: ${UNSET}` asks for nothing: empty name servers are left out. */
export function omitEmpty(document: YamlMap): YamlMap {
  const services = document.entries.get('services')?.value;
  if (services?.kind !== 'map') return document;
  const cleaned = mapValues(services, (service) => {
    const dns = service.kind === 'map' ? service.entries.get('dns')?.value : undefined;
    if (service.kind !== 'map' || dns?.kind !== 'list') return service;
    const items = dns.items.filter((item) => !isNull(item) && text(item) !== '');
    return items.length === dns.items.length ? service : withEntry(service, 'dns', { ...dns, items });
  });
  return cleaned === services ? document : withEntry(document, 'services', cleaned);
}
