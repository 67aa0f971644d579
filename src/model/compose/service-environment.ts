import { parseDotenv } from '../../read/dotenv.ts';
import { joinPath } from '../../read/paths.ts';
import type { YamlEntry, YamlMap } from '../../read/yaml/tree.ts';
import type { Loading } from './loading.ts';
import { asMap, child, isNull, itemsOf, text } from './tree-access.ts';
import { entryOf, mapOf, mapValues, scalarOf, withEntry } from './tree-build.ts';

/**
 * Adds what `env_file` holds to `environment`, and what `label_file` holds to `labels`. What the Compose file says
 * itself wins; of several files, the last. Values keep the span they have in their file.
 */
export function addFiles(service: YamlMap, environment: ReadonlyMap<string, string>, loading: Loading): YamlMap {
  let result = service;
  const variables = inherited(asMap(child(service, 'environment')), environment);
  if (variables) result = withEntry(result, 'environment', variables);
  const lookup = (name: string) => environment.get(name) ?? text(variables?.entries.get(name)?.value);
  const files = itemsOf(child(service, 'env_file'));
  if (files.length > 0) {
    const found = new Map<string, YamlEntry>();
    for (const file of files) {
      const path = child(file, 'path');
      const name = text(path);
      if (!path || name === undefined) continue;
      if (name === '') {
        loading.refuse('missing-file', 'env file  does not exist: its path is empty', path.span);
        continue;
      }
      if (text(child(file, 'required')) === 'false' && loading.files.kind(joinPath('.', name)) === 'missing') continue;
      const format = text(child(file, 'format'));
      readInto(
        found,
        joinPath('.', name),
        path.span,
        'env file',
        lookup,
        loading,
        format === 'raw' ? 'raw' : undefined,
      );
    }
    const all = new Map(found);
    for (const entry of variables?.entries.values() ?? []) {
      // `KEY` alone, which the environment does not know, still takes the value of the file.
      if (!(isNull(entry.value) && found.has(entry.key))) all.set(entry.key, entry);
    }
    if (all.size > 0) result = withEntry(result, 'environment', mapOf(all.values(), variables?.span ?? service.span));
  }
  const labelFiles = itemsOf(child(service, 'label_file'));
  if (labelFiles.length > 0) {
    const found = new Map<string, YamlEntry>();
    for (const file of labelFiles) {
      const name = text(file);
      if (name) readInto(found, joinPath('.', name), file.span, 'label file', lookup, loading, undefined);
      else if (name === '') loading.refuse('missing-file', 'label file  does not exist: its path is empty', file.span);
    }
    const labels = asMap(child(service, 'labels'));
    for (const entry of labels?.entries.values() ?? []) found.set(entry.key, entry);
    if (found.size > 0) result = withEntry(result, 'labels', mapOf(found.values(), labels?.span ?? service.span));
  }
  return result;
}

/** `KEY` alone takes the value of the environment where that has one. */
function inherited(variables: YamlMap | undefined, environment: ReadonlyMap<string, string>): YamlMap | undefined {
  return (
    variables &&
    mapValues(variables, (value, key) => {
      const found = isNull(value) ? environment.get(key) : undefined;
      return found === undefined ? value : scalarOf(found, value.span);
    })
  );
}

function readInto(
  found: Map<string, YamlEntry>,
  path: string,
  from: YamlMap['span'],
  what: string,
  lookup: (name: string) => string | undefined,
  loading: Loading,
  format: 'raw' | undefined,
): void {
  const content = loading.read(path, from, what);
  if (content === undefined) return;
  const read = parseDotenv(content, path, (name) => lookup(name) ?? text(found.get(name)?.value), format);
  for (const fault of read.faults) loading.add(fault);
  for (const { key, value, keySpan, valueSpan } of read.entries) {
    // `KEY` alone takes the value of the environment, and is left out where there is none.
    const resolved = value ?? lookup(key);
    if (resolved !== undefined) found.set(key, entryOf(key, scalarOf(resolved, valueSpan ?? keySpan), keySpan));
  }
}
