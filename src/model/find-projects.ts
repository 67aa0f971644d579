import type { Files } from '../read/files.ts';
import { dirName, isWithin, joinPath } from '../read/paths.ts';
import type { YamlMap } from '../read/yaml/tree.ts';
import { COMPOSE_FILE_NAMES, discoverComposeFiles } from './compose/discover.ts';
import { child, text } from './compose/tree-access.ts';
import type { ComposeModel } from './compose-model.ts';
import { deployedOf, hasCompose, isNamedByEnvFile, isRemote, loadedAt, type ProjectOptions } from './read-project.ts';
import { type Searched, searchTree } from './search-tree.ts';

/**
 * More lone Dockerfiles than this are judged in several parts, so that many cores can share them and memory holds a few
 * at a time. A number of its own, and not of the machine: the verdict must not depend on who asks.
 */
export const mostLone = 50;

type Unread = Searched['unread'];

/** What `readProject` is called with. */
export interface FoundProject {
  readonly files: Files;
  readonly options: ProjectOptions;
  /** Its Compose model, where the search had to load it. */
  readonly loaded?: ComposeModel;
}

interface Found {
  readonly directory: string;
  readonly files: Files;
  /** Loaded when it is first asked for. */
  readonly compose: () => ComposeModel;
  /** Undefined while nobody has asked. */
  readonly loaded: () => ComposeModel | undefined;
}

/**
 * The projects below a directory, each as `readProject` takes it; never none. A directory with a Compose file by a
 * default name is a project, but for one that another takes in whole (`include`, `extends`); so is one with a file
 * named in `marks`. A Dockerfile that none of them builds belongs to the nearest project upward.
 *
 * @param filesAgain The same files without what others were allowed: no project opens a place outside for another.
 */
export function findProjects(
  files: Files,
  options: ProjectOptions,
  marks: readonly string[],
  filesAgain: () => Files = () => files,
): FoundProject[] {
  const root = joinPath('.', options.directory ?? '.');
  const { compose = {} } = options;
  if (options.dockerfiles) {
    const named = chunksOf(options.dockerfiles);
    if (named.length > 1)
      return named.map((dockerfiles) => ({ files: filesAgain(), options: { ...options, dockerfiles } }));
  }
  if (options.dockerfiles || compose.files || compose.env?.['COMPOSE_FILE']) return [{ files, options }];
  const searched = searchTree(files, root, marks);
  const { dockerfiles, unread } = searched;
  const isOne = [...searched.composeDirectories, ...searched.marked].every((directory) => directory === root);
  if (isOne && dockerfiles.length <= mostLone)
    return [{ files, options: { ...options, found: { dockerfiles, unread } } }];

  const found: Found[] = [];
  for (const directory of new Set([root, ...searched.composeDirectories])) {
    const own = filesAgain();
    if (hasCompose(own, { ...options, directory })) found.push(foundAt(directory, own, options));
  }
  const telling = found.filter((one) => tellsOfOthers(one, options));
  const projects = new Map(withoutTaken(found, telling).map((one) => [one.directory, one]));
  const built = new Set(
    telling.flatMap((one) => (projects.get(one.directory) === one ? builtHere(one.compose()) : [])),
  );
  const owners = new Set([root, ...projects.keys(), ...searched.marked]);
  const lone = byOwner(
    dockerfiles.filter((path) => !built.has(path)),
    owners,
    root,
  );
  const parts = [...owners]
    .sort()
    .flatMap((directory) =>
      partsOf({ ...options, directory }, projects.get(directory), lone.get(directory) ?? [], filesAgain),
    );
  const [first = { files, options }, ...others] = parts;
  return [withUnread(first, unread), ...others];
}

function foundAt(directory: string, files: Files, options: ProjectOptions): Found {
  let model: ComposeModel | undefined;
  const compose = () => {
    model ??= loadedAt(files, { ...options, directory });
    return model;
  };
  return { directory, files, compose, loaded: () => model };
}

/**
 * Whether it may build, include or extend something: only then is it worth loading twice, here and where it is judged.
 * A word in a comment is reason enough.
 */
function tellsOfOthers({ directory, files }: Found, options: ProjectOptions): boolean {
  const environment = new Map(Object.entries(options.compose?.env ?? {}));
  const paths = discoverComposeFiles(files, directory, environment);
  return (
    isNamedByEnvFile(files, directory) ||
    paths.some((path) => {
      const read = files.read(path);
      return !read.ok || /build|include|extends|\\[ux]/.test(read.text);
    })
  );
}

/** One project in as many parts as its lone Dockerfiles ask for; none where there is nothing. */
function partsOf(
  options: ProjectOptions,
  project: Found | undefined,
  found: readonly string[],
  filesAgain: () => Files,
): FoundProject[] {
  const hasServices = found.length > 0 && project !== undefined && servicesOf(project.compose()).length > 0;
  const { deployed, unread } = deployedOf(found, hasServices);
  const chunks = chunksOf(deployed);
  const parts: FoundProject[] = [];
  if (project) {
    const withLone = { ...options, found: { dockerfiles: chunks.shift() ?? [], unread: [] } };
    const loaded = project.loaded();
    parts.push({ files: project.files, options: withLone, ...(loaded ? { loaded } : {}) });
  }
  for (const dockerfiles of chunks) parts.push({ files: filesAgain(), options: { ...options, dockerfiles } });
  const [first, ...others] = parts;
  return first ? [withUnread(first, unread), ...others] : [];
}

function chunksOf(dockerfiles: readonly string[]): (readonly string[])[] {
  const chunks: (readonly string[])[] = [];
  for (let at = 0; at < dockerfiles.length; at += mostLone) chunks.push(dockerfiles.slice(at, at + mostLone));
  return chunks;
}

function withUnread(project: FoundProject, unread: Unread): FoundProject {
  const { found = { dockerfiles: [], unread: [] } } = project.options;
  return { ...project, options: { ...project.options, found: { ...found, unread: [...unread, ...found.unread] } } };
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
function withoutTaken(found: readonly Found[], telling: readonly Found[]): readonly Found[] {
  const readers = new Map<string, Found[]>();
  for (const one of telling)
    for (const { path } of one.compose().sources) {
      const known = readers.get(path);
      if (known) known.push(one);
      else readers.set(path, [one]);
    }
  const kept = new Set(found);
  const attributes = new Map<Found, ReadonlySet<string>>();
  const runs = (taker: Found, attribute: string) => {
    const known = attributes.get(taker) ?? new Set(servicesOf(taker.compose()).flatMap(attributesOf));
    attributes.set(taker, known);
    return known.has(attribute);
  };
  for (const one of found.toReversed()) {
    const takers = mainFilesOf(one).flatMap((main) =>
      (readers.get(main) ?? []).filter((other) => other !== one && kept.has(other)),
    );
    if (takers.length === 0) continue;
    const isTaken = (service: YamlMap) => {
      const own = attributesOf(service);
      return own.length === 0 || own.some((attribute) => takers.some((taker) => runs(taker, attribute)));
    };
    if (servicesOf(one.compose()).every(isTaken)) kept.delete(one);
  }
  return found.filter((one) => kept.has(one));
}

/** What others would name to take it in. */
function mainFilesOf({ directory, loaded }: Found): readonly string[] {
  return loaded()?.files.slice(0, 1) ?? COMPOSE_FILE_NAMES.map((name) => joinPath(directory, name));
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
