import { dirName, isAbsolutePath, joinPath } from '../../read/paths.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import type { Span } from '../../vocabulary/span.ts';
import { readEnvFiles } from './environment.ts';
import type { DocumentScope, Scope } from './loading.ts';
import { mergeNodes } from './merge.ts';
import { loadModel } from './phases.ts';
import { isRemote } from './remote.ts';
import { placeOf, top } from './table/table.ts';
import { child, isNull, text, textsOf, toPlain } from './tree-access.ts';
import { entryOf, mapOf, withEntry, withoutEntry } from './tree-build.ts';

const KINDS = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'] as const;

/** Adds the resources of included files to the document; what the document says itself goes on top of them. */
export function applyInclude(document: YamlMap, scope: DocumentScope): YamlMap {
  const include = document.entries.get('include');
  if (!include) return document;
  let result = withoutEntry(document, 'include');
  if (isNull(include.value)) return result;
  if (include.value.kind !== 'list') {
    scope.loading.refuse('bad-type', '`include` must be a list', include.value.span);
    return result;
  }
  for (const item of include.value.items) {
    const included = loadIncluded(item, scope);
    if (!included) {
      scope.loading.unknownResources = true;
      continue;
    }
    for (const kind of KINDS) result = importResources(kind, included, result, scope);
  }
  return result;
}

function loadIncluded(item: YamlNode, scope: DocumentScope): YamlMap | undefined {
  const { loading } = scope;
  const paths = item.kind === 'map' ? textsOf(child(item, 'path')) : textsOf(item);
  const first = paths[0];
  const span = (item.kind === 'map' ? child(item, 'path')?.span : undefined) ?? item.span;
  if (first === undefined) {
    loading.refuse('bad-include', 'include: path is missing', item.span);
    return undefined;
  }
  for (const path of paths) {
    if (!isRemote(path, scope)) continue;
    loading.warn('remote-resource', `include of ${path}, which is not fetched`, span);
    return undefined;
  }
  const files = paths.map((path) => joinPath(scope.directory, path));
  if (scope.chain.includes(files[0] ?? '')) {
    loading.refuse('include-cycle', `include cycle detected: ${[...scope.chain, files[0]].join(' includes ')}`, span);
    return undefined;
  }
  const { base, directory } = projectDirectory(text(child(item, 'project_directory')), first, scope);
  const environment = includeEnvironment(item, directory, scope, span);
  const missing = files.filter((file) => loading.read(file, span, 'included file') === undefined);
  if (missing.length > 0) return undefined;
  const id = JSON.stringify([files, directory, base]);
  const known = loading.included.get(id);
  if (known?.environment === environment) return known.model;
  const model = loadModel(files, { loading, directory, base, environment, chain: scope.chain }, span);
  loading.included.set(id, { environment, model });
  return model;
}

/** Where the relative paths of the included files start, from the root and as seen from the including file. */
function projectDirectory(
  written: string | undefined,
  first: string,
  scope: Scope,
): { base: string; directory: string } {
  if (written === undefined || written === '')
    return { base: dirName(first), directory: joinPath(scope.directory, dirName(first)) };
  if (isAbsolutePath(written)) return { base: written, directory: written };
  const directory = joinPath(scope.directory, written);
  return { base: joinPath('.', written), directory };
}

function includeEnvironment(item: YamlNode, directory: string, scope: Scope, span: Span): ReadonlyMap<string, string> {
  const written = child(item, 'env_file');
  const { loading } = scope;
  const implied = joinPath(directory, '.env');
  const files = written
    ? textsOf(written)
        .filter((file) => file !== '/dev/null')
        .map((file) => joinPath(scope.directory, file))
    : loading.files.kind(implied) === 'file'
      ? [implied]
      : [];
  if (files.length === 0) return scope.environment;
  const added = readEnvFiles(files, scope.environment, loading, written?.span ?? span);
  // What is set already wins over the files.
  return new Map([...added, ...scope.environment]);
}

function importResources(kind: string, from: YamlMap, into: YamlMap, scope: DocumentScope): YamlMap {
  const added = from.entries.get(kind);
  if (added?.value.kind !== 'map') return into;
  const own = into.entries.get(kind);
  const table = own?.value.kind === 'map' ? own.value : mapOf([], added.value.span);
  const entries = new Map(table.entries);
  for (const entry of added.value.entries.values()) {
    const known = entries.get(entry.key);
    if (!known) entries.set(entry.key, entry);
    else if (JSON.stringify(toPlain(known.value)) !== JSON.stringify(toPlain(entry.value)))
      entries.set(entry.key, { ...known, value: mergeOnto(entry, known, kind, scope) });
  }
  return withEntry(into, kind, { ...table, entries }, added.keySpan);
}

/** What the including file says of a resource, on top of what the included one does. */
function mergeOnto(included: YamlEntry, own: YamlEntry, kind: string, scope: DocumentScope): YamlNode {
  scope.loading.warn(
    'include-conflict',
    `${kind}.${own.key} is also defined by an included file: Compose 5 merges them, older ones refuse`,
    own.keySpan,
  );
  const wrapped = mapOf([entryOf(kind, mapOf([included], included.value.span))], included.value.span);
  const cleared = child(scope.resets.apply(wrapped), kind);
  const base =
    (cleared?.kind === 'map' ? cleared.entries.get(own.key)?.value : undefined) ?? mapOf([], included.value.span);
  return mergeNodes(base, own.value, placeOf(placeOf(top(), kind), own.key), `${kind}.${own.key}`, scope.loading);
}
