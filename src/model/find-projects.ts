import type { Files } from '../read/files.ts';
import { dirName, isWithin, joinPath } from '../read/paths.ts';
import type { YamlMap } from '../read/yaml/tree.ts';
import { child, text } from './compose/tree-access.ts';
import type { ComposeModel } from './compose-model.ts';
import { composeOf, deployedOf, isRemote, type ProjectOptions } from './read-project.ts';
import { type Searched, searchTree } from './search-tree.ts';

/**
 * More lone Dockerfiles than this are judged in several parts, so that many cores can share them and memory holds a few
 * at a time. A number of its own, and not of the machine: the verdict must not depend on who asks.
 */
export const mostLone = 50;

type Unread = Searched['unread'];

interface Found {
  readonly directory: string;
  readonly compose: ComposeModel;
}

/**
 * The projects below a directory, each as `readProject` takes it; never none. A directory with a Compose file by a
 * default name is a project, but for one that another takes in whole (`include`, `extends`); so is one with a file
 * named in `marks`. A Dockerfile that none of them builds belongs to the nearest project upward.
 */
export function findProjects(files: Files, options: ProjectOptions, marks: readonly string[]): ProjectOptions[] {
  const root = joinPath('.', options.directory ?? '.');
  const { compose = {} } = options;
  if (options.dockerfiles || compose.files || compose.env?.['COMPOSE_FILE']) return [options];
  const searched = searchTree(files, root, marks);
  const { dockerfiles, unread } = searched;
  const isOne = [...searched.composeDirectories, ...searched.marked].every((directory) => directory === root);
  if (isOne && dockerfiles.length <= mostLone) return [{ ...options, found: { dockerfiles, unread } }];

  const own = composeOf(files, options);
  const found: Found[] = own ? [{ directory: root, compose: own }] : [];
  for (const directory of searched.composeDirectories) {
    const model = directory === root ? undefined : composeOf(files, { ...options, directory });
    if (model) found.push({ directory, compose: model });
  }
  const projects = new Map(withoutTaken(found).map(({ directory, compose: model }) => [directory, model]));
  const built = new Set([...projects.values()].flatMap(builtHere));
  const owners = new Set([root, ...projects.keys(), ...searched.marked]);
  const lone = byOwner(
    dockerfiles.filter((path) => !built.has(path)),
    owners,
    root,
  );
  const parts = [...owners]
    .sort()
    .flatMap((directory) => partsOf({ ...options, directory }, projects.get(directory), lone.get(directory) ?? []));
  const [first = options, ...others] = parts;
  return [withUnread(first, unread), ...others];
}

/** One project in as many parts as its lone Dockerfiles ask for; none where there is nothing. */
function partsOf(
  options: ProjectOptions,
  compose: ComposeModel | undefined,
  found: readonly string[],
): ProjectOptions[] {
  const hasServices = compose !== undefined && compose.services.size + compose.disabled.size > 0;
  const { deployed, unread } = deployedOf(found, hasServices);
  const chunks: (readonly string[])[] = [];
  for (let at = 0; at < deployed.length; at += mostLone) chunks.push(deployed.slice(at, at + mostLone));
  const parts: ProjectOptions[] = [];
  if (compose) parts.push({ ...options, found: { dockerfiles: chunks.shift() ?? [], unread: [] } });
  for (const dockerfiles of chunks) parts.push({ ...options, dockerfiles });
  const [first, ...others] = parts;
  return first ? [withUnread(first, unread), ...others] : [];
}

function withUnread(options: ProjectOptions, unread: Unread): ProjectOptions {
  if (unread.length === 0 && options.found) return options;
  const { found = { dockerfiles: [], unread: [] } } = options;
  return { ...options, found: { ...found, unread: [...unread, ...found.unread] } };
}

function byOwner(
  dockerfiles: readonly string[],
  owners: ReadonlySet<string>,
  root: string,
): ReadonlyMap<string, readonly string[]> {
  const lone = new Map<string, string[]>();
  for (const path of dockerfiles) {
    let owner = dirName(path);
    while (!owners.has(owner) && isWithin(owner, root) && owner !== '.') owner = dirName(owner);
    const known = lone.get(owner);
    if (known) known.push(path);
    else lone.set(owner, [path]);
  }
  return lone;
}

/**
 * Leaves out a project all of whose services run in another one, which includes or extends them: they are judged there,
 * as they will run. One that has more to it stays. Of two that take each other in, the first stays.
 */
function withoutTaken(found: readonly Found[]): readonly Found[] {
  const readers = new Map<string, Found[]>();
  for (const one of found)
    for (const { path } of one.compose.sources) {
      const known = readers.get(path);
      if (known) known.push(one);
      else readers.set(path, [one]);
    }
  const kept = new Set(found);
  const attributes = new Map<Found, ReadonlySet<string>>();
  const runs = (taker: Found, attribute: string) => {
    const known = attributes.get(taker) ?? new Set(servicesOf(taker.compose).flatMap(attributesOf));
    attributes.set(taker, known);
    return known.has(attribute);
  };
  for (const one of found.toReversed()) {
    const takers = (readers.get(one.compose.files[0] ?? '') ?? []).filter((other) => other !== one && kept.has(other));
    if (takers.length === 0) continue;
    const isTaken = (service: YamlMap) => {
      const own = attributesOf(service);
      return own.length === 0 || own.some((attribute) => takers.some((taker) => runs(taker, attribute)));
    };
    if (servicesOf(one.compose).every(isTaken)) kept.delete(one);
  }
  return found.filter((one) => kept.has(one));
}

function servicesOf({ services, disabled }: ComposeModel): YamlMap[] {
  return [...services.values(), ...disabled.values()].filter((service) => service.kind === 'map');
}

/** Where each attribute of a service is written. */
function attributesOf({ entries }: YamlMap): string[] {
  return [...entries.values()].map(({ keySpan }) => idOf(keySpan));
}

function idOf({ file, start }: { readonly file: string; readonly start: number }): string {
  return `${start} ${file}`;
}

/** The Dockerfiles that a Compose project builds. */
function builtHere(compose: ComposeModel): string[] {
  return servicesOf(compose).flatMap((service) => {
    const build = child(service, 'build');
    if (build?.kind !== 'map' || child(build, 'dockerfile_inline')) return [];
    const context = text(child(build, 'context')) ?? '.';
    return isRemote(context) ? [] : [joinPath(context, text(child(build, 'dockerfile')) ?? 'Dockerfile')];
  });
}
