import { isAbsolutePath, joinPath } from '../../read/paths.ts';
import type { YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import { parseDuration } from '../../vocabulary/duration.ts';
import { descend } from './descend.ts';
import { goDuration } from './go-duration.ts';
import type { ComposeProject } from './load.ts';
import { isContextElsewhere } from './resolve-paths.ts';
import { child, type Json, text, toPlain } from './tree-access.ts';
import { listOf, mapValues, scalarOf, withEntry, withoutEntry } from './tree-build.ts';

/**
 * The project as plain JSON in the shape of `docker compose config --format json`: absolute paths, durations as Go
 * prints them, sizes as texts, env files gone into `environment`. Two differences: a `$` is not doubled, and what the
 * file says to be false or empty is there.
 */
export function plainModel(project: ComposeProject): Json {
  let root = withoutEntry(withoutEntry(project.root, 'include'), 'version');
  root = withAbsolutePaths(root, project.filesRoot);
  root = descend(root, 'becomes', (node, attribute) => {
    if (node.kind !== 'scalar' || node.value === null) return node;
    switch (attribute.becomes) {
      case 'duration': {
        const size = parseDuration(String(node.value));
        return size === undefined ? node : { ...node, value: goDuration(size) };
      }
      case 'bytes':
        return { ...node, value: String(node.value) };
      case 'mode':
        return typeof node.value === 'number' ? { ...node, value: `0${node.value.toString(8)}` } : node;
      default:
        return node;
    }
  });
  root = withEntry(root, 'name', scalarOf(project.name, root.span));
  root = withoutExtensions(root);
  const services = root.entries.get('services')?.value;
  if (services?.kind === 'map') {
    const active = mapValues(services, (service, name) =>
      project.services.has(name) && service.kind === 'map' ? plainService(service) : undefined,
    );
    root = withEntry(root, 'services', active);
  }
  return toPlain(root);
}

function plainService(service: YamlMap): YamlMap {
  const build = service.entries.get('build')?.value;
  const ssh = child(build, 'ssh');
  let result = withoutEntry(withoutEntry(service, 'env_file'), 'extends');
  if (build?.kind === 'map' && ssh) result = withEntry(result, 'build', withEntry(build, 'ssh', sshKeys(ssh)));
  for (const key of ['command', 'entrypoint'])
    if (!result.entries.has(key)) result = withEntry(result, key, scalarOf(null, result.span));
  return result;
}

/** `id=path`, or the id alone for the agent's. */
function sshKeys(node: YamlNode): YamlNode {
  if (node.kind !== 'map') return node;
  const texts = [...node.entries.values()].map(({ key, value }) => {
    const path = text(value);
    return scalarOf(path ? `${key}=${path}` : key, value.span);
  });
  return listOf(texts, node.span);
}

/** `x-…` belongs to whoever wrote it; Compose keeps it only in YAML. */
function withoutExtensions(root: YamlMap): YamlMap {
  return mapValues(root, (value, key) => (key.startsWith('x-') ? undefined : value));
}

/** The paths of the project's files that stand in it, made absolute; `filesRoot` is `''` for files in memory. */
export function withAbsolutePaths(root: YamlMap, filesRoot: string): YamlMap {
  if (filesRoot === '') return root;
  const absolute = (path: string) => (isAbsolutePath(path) || /^[~\\]/.test(path) ? path : joinPath(filesRoot, path));
  const change = (node: YamlNode): YamlNode =>
    node.kind === 'scalar' && typeof node.value === 'string' && node.value !== ''
      ? { ...node, value: absolute(node.value) }
      : node;
  return descend(root, 'relative', (node, attribute) => {
    switch (attribute.relative) {
      case 'context':
        return isContextElsewhere(text(node) ?? '') ? node : change(node);
      case 'volume-mount': {
        const source = child(node, 'source');
        return node.kind === 'map' && source && text(child(node, 'type')) === 'bind'
          ? withEntry(node, 'source', change(source))
          : node;
      }
      case 'volume-device': {
        const options = child(node, 'driver_opts');
        const device = child(options, 'device');
        if (node.kind !== 'map' || options?.kind !== 'map' || !device || text(child(options, 'o')) !== 'bind')
          return node;
        return withEntry(node, 'driver_opts', withEntry(options, 'device', change(device)));
      }
      case 'path':
      case 'unix':
      case 'ssh':
        return change(node);
      default:
        return node;
    }
  });
}
