import type { YamlEntry, YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import type { Span } from '../../vocabulary/span.ts';
import { cleanPath } from './clean-path.ts';
import { child, isNull, itemsOf, text } from './tree-access.ts';
import { entryOf, mapItems, mapOf, mapValues, recordOf, scalarOf, withEntry } from './tree-build.ts';

/** Says aloud what Compose takes for granted: the default network, dependencies, the Dockerfile, names on the engine. */
export function normalize(document: YamlMap, projectName: string, environment: ReadonlyMap<string, string>): YamlMap {
  let result = document;
  const services = document.entries.get('services')?.value;
  if (services?.kind === 'map') {
    const normal = mapValues(services, (service) =>
      service.kind === 'map' ? normalizeService(service, environment) : service,
    );
    result = withEntry(result, 'services', normal);
    result = addDefaultNetwork(result, normal);
  }
  for (const kind of ['networks', 'volumes', 'configs', 'secrets']) result = nameResources(result, kind, projectName);
  return result;
}

function normalizeService(service: YamlMap, environment: ReadonlyMap<string, string>): YamlMap {
  let result = service;
  const policy = service.entries.get('pull_policy')?.value;
  if (policy && text(policy) === 'if_not_present')
    result = withEntry(result, 'pull_policy', scalarOf('missing', policy.span));
  const build = service.entries.get('build')?.value;
  if (build?.kind === 'map') result = withEntry(result, 'build', normalizeBuild(build, environment));
  const variables = service.entries.get('environment')?.value;
  if (variables) result = withEntry(result, 'environment', inherit(variables, environment, true));
  const volumes = service.entries.get('volumes')?.value;
  if (volumes?.kind === 'list')
    result = withEntry(
      result,
      'volumes',
      mapItems(volumes, (volume) => {
        const target = child(volume, 'target');
        const path = text(target);
        if (volume.kind !== 'map' || !target || path === undefined || cleanPath(path) === path) return volume;
        return withEntry(volume, 'target', { ...scalarOf(cleanPath(path), target.span) });
      }),
    );
  result = imageOfHooks(result);
  result = joinDefaultNetwork(result);
  return impliedDependencies(result);
}

/** A hook that runs before the service runs in the image of the service, unless it names its own. */
function imageOfHooks(service: YamlMap): YamlMap {
  const hooks = service.entries.get('pre_start')?.value;
  const image = service.entries.get('image');
  if (hooks?.kind !== 'list' || !image) return service;
  const complete = mapItems(hooks, (hook) =>
    hook.kind === 'map' && !hook.entries.has('image') ? withEntry(hook, 'image', image.value, image.keySpan) : hook,
  );
  return withEntry(service, 'pre_start', complete);
}

function normalizeBuild(build: YamlMap, environment: ReadonlyMap<string, string>): YamlMap {
  let result = build;
  const absent = (key: string) => !result.entries.has(key) || isNull(result.entries.get(key)?.value);
  if (absent('context')) result = withEntry(result, 'context', scalarOf('.', build.span));
  if (absent('dockerfile') && absent('dockerfile_inline'))
    result = withEntry(result, 'dockerfile', scalarOf('Dockerfile', build.span));
  const args = build.entries.get('args')?.value;
  return args ? withEntry(result, 'args', inherit(args, environment, false)) : result;
}

/** `KEY` without a value takes the one of the environment; where there is none it stays, or goes. */
function inherit(node: YamlNode, environment: ReadonlyMap<string, string>, keep: boolean): YamlNode {
  if (node.kind === 'map') {
    return mapValues(node, (value, key) => {
      if (!isNull(value)) return value;
      const found = environment.get(key);
      if (found !== undefined) return scalarOf(found, value.span);
      return keep ? value : undefined;
    });
  }
  if (node.kind !== 'list') return node;
  const items: YamlNode[] = [];
  for (const item of node.items) {
    const key = text(item) ?? '';
    if (item.kind !== 'scalar' || key.includes('=')) items.push(item);
    else {
      const found = environment.get(key);
      if (found !== undefined) items.push(scalarOf(`${key}=${found}`, item.span));
      else if (keep) items.push(item);
    }
  }
  return { ...node, items };
}

function usesNoNetwork(service: YamlMap): boolean {
  return service.entries.has('provider') || service.entries.has('network_mode');
}

function joinDefaultNetwork(service: YamlMap): YamlMap {
  const networks = service.entries.get('networks')?.value;
  const none = networks === undefined || (networks.kind === 'map' ? networks.entries.size === 0 : isNull(networks));
  if (usesNoNetwork(service) || !none) return service;
  const span = networks?.span ?? service.span;
  return withEntry(service, 'networks', mapOf([entryOf('default', scalarOf(null, span))], span));
}

function addDefaultNetwork(document: YamlMap, services: YamlMap): YamlMap {
  const used = [...services.entries.values()].find(
    ({ value }) => value.kind === 'map' && !usesNoNetwork(value) && child(value, 'networks.default') !== undefined,
  );
  const networks = document.entries.get('networks')?.value;
  const declared = networks?.kind === 'map' ? networks : mapOf([], document.span);
  if (!used || declared.entries.has('default')) return document;
  const added = withEntry(declared, 'default', scalarOf(null, used.keySpan), used.keySpan);
  return withEntry(document, 'networks', added, used.keySpan);
}

/** Links, shared namespaces and `volumes_from` need the other service to be there. */
function impliedDependencies(service: YamlMap): YamlMap {
  const written = service.entries.get('depends_on')?.value;
  if (written && written.kind !== 'map') return service;
  const entries = new Map<string, YamlEntry>(written?.entries ?? []);
  const add = (name: string, restart: boolean, span: Span) => {
    if (!entries.has(name))
      entries.set(name, entryOf(name, recordOf({ condition: 'service_started', restart, required: true }, span), span));
  };
  for (const link of itemsOf(child(service, 'links'))) {
    const parts = (text(link) ?? '').split(':');
    add(parts.length === 2 ? (parts[0] ?? '') : (text(link) ?? ''), true, link.span);
  }
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const node = service.entries.get(key)?.value;
    const shared = /^service:(.*)$/s.exec(text(node) ?? '');
    if (node && shared) add(shared[1] ?? '', true, node.span);
  }
  for (const source of itemsOf(child(service, 'volumes_from'))) {
    const name = text(source) ?? '';
    if (!name.startsWith('container:')) add(name.split(':')[0] ?? '', false, source.span);
  }
  const before = written?.kind === 'map' ? written.entries.size : 0;
  if (entries.size === before) return service;
  return withEntry(service, 'depends_on', { ...(written ?? mapOf([], service.span)), kind: 'map', entries });
}

/** Resources without a name are called `<project>_<key>`; external ones by their key. */
function nameResources(document: YamlMap, kind: string, projectName: string): YamlMap {
  const resources = document.entries.get(kind)?.value;
  if (resources?.kind !== 'map') return document;
  const named = mapValues(resources, (value, key, entry) => {
    if (value.kind === 'list' || (value.kind === 'scalar' && !isNull(value))) return value;
    const resource = value.kind === 'map' ? value : mapOf([], value.span);
    const name = resource.entries.get('name')?.value;
    if (name && !isNull(name)) return resource;
    const external = text(resource.entries.get('external')?.value) === 'true';
    return withEntry(
      resource,
      'name',
      scalarOf(external ? key : `${projectName}_${key}`, entry.keySpan),
      entry.keySpan,
    );
  });
  return withEntry(document, kind, named);
}
