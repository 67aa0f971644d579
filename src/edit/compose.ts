import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { SourceText } from '../read/text.ts';
import { parseYaml } from '../read/yaml/parse.ts';
import type { YamlFile, YamlNode } from '../read/yaml/tree.ts';
import type { Edit } from '../vocabulary/fix.ts';
import { remembered } from '../vocabulary/lazily.ts';
import { type Change, noChange } from './change.ts';
import {
  appendInYaml,
  nodeIn,
  removeInYaml,
  removeItemsInYaml,
  setInYaml,
  type TextChange,
} from './yaml/set-in-yaml.ts';
import type { Value } from './yaml/value.ts';

/**
 * Edits of Compose files in the words of the model. Each chooses the file: where the attribute is written, the last of
 * several; else where the nearest of its parents is; else where the service is. What a file shares by an anchor is
 * left alone, and so is everything in files outside the project.
 */

/** Sets an attribute of a service: `logging`, `deploy.resources.limits.memory`. Mappings on the way are made. */
export function setAttribute(project: Project, service: Service, path: string, value: Value): Change {
  const keys = path.split('.');
  return changed(project, service, keys, (file, full) => setInYaml(file, full, value));
}

/** Sets several keys of one mapping: `logging.options`. Other keys that are there stay. */
export function mergeAttribute(
  project: Project,
  service: Service,
  path: string,
  values: { readonly [key: string]: Value },
): Change {
  return changed(project, service, path.split('.'), (file, full) => merged(file, full, values));
}

function merged(file: YamlFile, full: readonly string[], values: { readonly [key: string]: Value }): TextChange {
  if (nodeIn(file, full)?.kind !== 'map') return setInYaml(file, full, values);
  const edits: Edit[] = [];
  for (const [key, value] of Object.entries(values)) {
    const change = setInYaml(file, [...full, key], value);
    if ('left' in change) return change;
    edits.push(...change);
  }
  return edits;
}

/** Adds an item to a list of a service: `security_opt`. */
export function appendAttribute(project: Project, service: Service, path: string, item: Value): Change {
  return changed(project, service, path.split('.'), (file, full) => appendInYaml(file, full, item));
}

/** Takes an attribute out of every file that has it. */
export function removeAttribute(project: Project, service: Service, path: string): Change {
  const keys = path.split('.');
  return everywhere(project, service, keys, (file, full) => removeInYaml(file, full));
}

/** Takes items out of a list; `isGone` sees each item as it is written. */
export function removeItems(
  project: Project,
  service: Service,
  path: string,
  isGone: (item: YamlNode) => boolean,
): Change {
  const keys = path.split('.');
  return everywhere(project, service, keys, (file, full) => {
    const list = nodeIn(file, full);
    if (list?.kind !== 'list') return [];
    return removeItemsInYaml(
      file,
      full,
      [...list.items.keys()].filter((index) => isGone(list.items[index] as YamlNode)),
    );
  });
}

/** Sets a value outside the services, `['networks', 'back', 'internal']`, in the file where the service stands. */
export function setTopLevel(project: Project, service: Service, path: readonly string[], value: Value): Change {
  const files = filesOf(project, service);
  const file = deepest(files, path) ?? files[0];
  if (!file) return { left: 'its Compose file cannot be edited' };
  return withSets(setInYaml(file, path, value), path.join('.'));
}

/** Adds keys to a mapping outside the services, `['networks']`, in the file where the service stands. */
export function mergeTopLevel(
  project: Project,
  service: Service,
  path: readonly string[],
  values: { readonly [key: string]: Value },
): Change {
  const files = filesOf(project, service);
  const file = deepest(files, path) ?? files[0];
  if (!file) return { left: 'its Compose file cannot be edited' };
  return withSetsOf(
    merged(file, path, values),
    Object.keys(values).map((key) => [...path, key].join('.')),
  );
}

/** Takes out what stands outside the services: `['version']`. */
export function removeTopLevel(project: Project, file: string, path: readonly string[]): Change {
  const yaml = yamlOf(project, file);
  if (!yaml) return { left: 'its Compose file cannot be edited' };
  return withSets(removeInYaml(yaml, path), path.join('.'));
}

/** How a service writes an attribute in the file that would be edited: to keep its short or long form. */
export function writtenAttribute(project: Project, service: Service, path: string): YamlNode | undefined {
  const full = ['services', service.name, ...path.split('.')];
  const file = deepest(filesOf(project, service), full);
  return file && nodeIn(file, full);
}

function changed(
  project: Project,
  service: Service,
  keys: readonly string[],
  act: (file: YamlFile, full: readonly string[]) => TextChange,
): Change {
  const full = ['services', service.name, ...keys];
  const file = deepest(filesOf(project, service), full);
  if (!file) return { left: 'its Compose file cannot be edited' };
  return withSets(act(file, full), ['services', service.name, keys[0]].join('.'));
}

function everywhere(
  project: Project,
  service: Service,
  keys: readonly string[],
  act: (file: YamlFile, full: readonly string[]) => TextChange,
): Change {
  const full = ['services', service.name, ...keys];
  const edits = [];
  for (const file of filesOf(project, service)) {
    const change = act(file, full);
    if ('left' in change) return change;
    edits.push(...change);
  }
  if (edits.length === 0) return { left: 'it is written in an anchor or a base that others use too' };
  return { edits, sets: [['services', service.name, keys[0]].join('.')] };
}

function withSets(change: TextChange, path: string): Change {
  return withSetsOf(change, [path]);
}

function withSetsOf(change: TextChange, sets: readonly string[]): Change {
  if ('left' in change) return change;
  return change.length === 0 ? noChange : { edits: change, sets };
}

/** The project's Compose files that write the service, in the order they are merged. */
function filesOf(project: Project, service: Service): YamlFile[] {
  const names = new Set([service.nameSpan.file, ...(project.compose?.files ?? [])]);
  const ordered = [...(project.compose?.files ?? []).filter((name) => names.has(name))];
  if (!ordered.includes(service.nameSpan.file)) ordered.unshift(service.nameSpan.file);
  return ordered
    .map((name) => yamlOf(project, name))
    .filter((file) => file !== undefined)
    .filter((file) => nodeIn(file, ['services', service.name]) !== undefined);
}

/** The file that writes most of `path`; of several the last, which wins when they are merged. */
function deepest(files: readonly YamlFile[], path: readonly string[]): YamlFile | undefined {
  const least = path[0] === 'services' ? 3 : 1;
  for (let length = path.length; length >= least; length--) {
    const found = files.findLast((file) => nodeIn(file, path.slice(0, length)) !== undefined);
    if (found) return found;
  }
  return files[0];
}

export function yamlOf(project: Project, file: string): YamlFile | undefined {
  const source = project.sources.get(file);
  return source && !file.startsWith('../') ? parsed(source) : undefined;
}

const parsed = remembered((source: SourceText) => parseYaml(source.text, source.path));
