import type { Files } from '../../read/files.ts';
import { baseName, dirName, joinPath } from '../../read/paths.ts';
import type { SourceText } from '../../read/text.ts';
import type { YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import type { Fault } from '../../vocabulary/fault.ts';
import { checkConsistency } from './consistency.ts';
import { discoverComposeFiles } from './discover.ts';
import { readEnvFiles } from './environment.ts';
import { finish } from './finish.ts';
import { beginning, type Interpolation, Loading, type Skip, type UnsetVariable } from './loading.ts';
import { normalize } from './normalize.ts';
import { loadModel } from './phases.ts';
import { splitByProfile } from './profiles.ts';
import { nameInFiles, normalizeProjectName } from './project-name.ts';
import { addFiles } from './service-environment.ts';
import { child, entriesOf } from './tree-access.ts';
import { mapOf, mapValues, scalarOf, withEntry } from './tree-build.ts';

export interface LoadOptions {
  /** `-f`, relative to the root of `Files`; without it they are looked for in `directory`. */
  readonly files?: readonly string[];
  /** `--project-directory`; without it, the directory of the first file. */
  readonly directory?: string;
  /** The environment Compose would be called in; what it sets wins over env files. */
  readonly env?: Readonly<Record<string, string>>;
  /** `--env-file`; without it, `.env` of the directory where there is one. */
  readonly envFiles?: readonly string[];
  readonly profiles?: readonly string[];
  readonly projectName?: string;
  /** Every service is active, whatever its profiles. */
  readonly allProfiles?: boolean;
  readonly skip?: Skip;
}

/** A Compose project as Compose would run it: merged, interpolated, in long form; every value knows its span. */
export interface ComposeProject {
  readonly name: string;
  /** The Compose files, in the order they were merged. */
  readonly files: readonly string[];
  readonly directory: string;
  /** Everything, services of inactive profiles included. Paths are relative to the root of `Files`, or absolute. */
  readonly root: YamlMap;
  readonly services: ReadonlyMap<string, YamlMap>;
  /** Services that no active profile has. */
  readonly disabled: ReadonlyMap<string, YamlMap>;
  readonly networks: ReadonlyMap<string, YamlNode>;
  readonly volumes: ReadonlyMap<string, YamlNode>;
  readonly secrets: ReadonlyMap<string, YamlNode>;
  readonly configs: ReadonlyMap<string, YamlNode>;
  readonly models: ReadonlyMap<string, YamlNode>;
  /** Every file that was read, env files included. */
  readonly sources: readonly SourceText[];
  /** What Compose refuses (`refused`) and warns of. */
  readonly faults: readonly Fault[];
  /** Files that are there and were not read, and why. */
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  readonly unset: readonly UnsetVariable[];
  readonly interpolations: readonly Interpolation[];
  /** What values were interpolated with. */
  readonly environment: ReadonlyMap<string, string>;
  /** For absolute paths: the root of `Files`. */
  readonly filesRoot: string;
}

/** Loads a project. Never throws: what Compose would refuse is a fault, and what could be read is there. */
export function loadComposeProject(files: Files, options: LoadOptions = {}): ComposeProject {
  const skip = options.skip ?? {};
  const loading = new Loading(files, skip);
  const given = new Map(Object.entries(options.env ?? {}));
  const lookDirectory = joinPath(
    '.',
    options.directory ?? (options.files?.[0] === undefined ? '.' : dirName(options.files[0])),
  );
  const environment = projectEnvironment(options, lookDirectory, given, loading);
  const paths =
    options.files?.map((path) => joinPath('.', path)) ?? discoverComposeFiles(files, lookDirectory, environment);
  const first = paths[0];
  const directory = options.directory === undefined && first !== undefined ? dirName(first) : lookDirectory;
  if (first === undefined)
    loading.refuse(
      'no-compose-file',
      `no Compose file in ${lookDirectory}`,
      beginning(joinPath(lookDirectory, 'compose.yaml')),
    );
  // `.env` may name files of another directory, which then has its own `.env`; what is known already stays.
  if (directory !== lookDirectory && options.envFiles === undefined)
    for (const [key, value] of projectEnvironment(options, directory, environment, loading))
      environment.set(key, value);
  const name = projectName(options, paths, directory, environment, loading);
  environment.set('COMPOSE_PROJECT_NAME', name);

  let root = loadModel(paths, { loading, directory, base: directory, environment, chain: [] });
  if (first !== undefined && root.entries.size === 0 && !loading.faults.some((fault) => fault.refused))
    loading.refuse('empty-compose-file', 'empty compose file', beginning(first));
  root = resolveConfigContents(root, environment);
  if (!skip.normalization) root = normalize(root, name, environment);
  root = finish(root, loading);
  if (!skip.consistency) root = scaleIntoDeploy(root);
  const split = splitByProfile(root, activeProfiles(options, environment), options.allProfiles === true);
  if (!skip.consistency) checkConsistency({ root, ...split }, loading);
  const services = new Map<string, YamlMap>();
  for (const [key, service] of split.services)
    services.set(key, skip.envFiles ? service : addFiles(service, environment, loading));
  return {
    name,
    files: paths,
    directory,
    root: withServices(root, services),
    services,
    disabled: split.disabled,
    networks: resources(root, 'networks'),
    volumes: resources(root, 'volumes'),
    secrets: resources(root, 'secrets'),
    configs: resources(root, 'configs'),
    models: resources(root, 'models'),
    sources: [...loading.sources.values()],
    faults: loading.faults,
    unread: loading.unread,
    unset: loading.unset,
    interpolations: loading.interpolations,
    environment,
    filesRoot: files.root,
  };
}

/** The environment given, and below it what env files say. */
function projectEnvironment(
  options: LoadOptions,
  directory: string,
  given: ReadonlyMap<string, string>,
  loading: Loading,
): Map<string, string> {
  const named =
    options.envFiles ??
    given
      .get('COMPOSE_ENV_FILES')
      ?.split(',')
      .filter((part) => part !== '');
  const implied = joinPath(directory, '.env');
  const disabled = /^(?:1|true|t)$/i.test(given.get('COMPOSE_DISABLE_ENV_FILE') ?? '');
  const files =
    named?.map((file) => joinPath('.', file)) ?? (!disabled && loading.files.kind(implied) === 'file' ? [implied] : []);
  const from = beginning(files[0] ?? implied);
  return new Map([...readEnvFiles(files, given, loading, from), ...given]);
}

function projectName(
  options: LoadOptions,
  paths: readonly string[],
  directory: string,
  environment: ReadonlyMap<string, string>,
  loading: Loading,
): string {
  const asked = options.projectName ?? environment.get('COMPOSE_PROJECT_NAME');
  if (asked !== undefined && asked !== '') {
    if (normalizeProjectName(asked) !== asked)
      loading.refuse(
        'bad-project-name',
        `invalid project name ${JSON.stringify(asked)}: must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number`,
        beginning(paths[0] ?? 'compose.yaml'),
      );
    return asked;
  }
  const written = nameInFiles(paths, environment, loading);
  const named = written === undefined ? '' : loading.skip.normalization ? written : normalizeProjectName(written);
  if (named !== '') return named;
  const folder = baseName(directory) === '.' ? baseName(loading.files.root) : baseName(directory);
  return normalizeProjectName(folder) || 'project';
}

function activeProfiles(options: LoadOptions, environment: ReadonlyMap<string, string>): readonly string[] {
  return (
    options.profiles ??
    environment
      .get('COMPOSE_PROFILES')
      ?.split(',')
      .map((profile) => profile.trim()) ??
    []
  );
}

/** `scale` and `deploy.replicas` say the same; where there is a `deploy`, the latter holds the number. */
function scaleIntoDeploy(root: YamlMap): YamlMap {
  const services = root.entries.get('services')?.value;
  if (services?.kind !== 'map') return root;
  const scaled = mapValues(services, (service) => {
    const scale = child(service, 'scale');
    const deploy = child(service, 'deploy');
    if (service.kind !== 'map' || deploy?.kind !== 'map' || !scale || deploy.entries.has('replicas')) return service;
    return withEntry(service, 'deploy', withEntry(deploy, 'replicas', scale));
  });
  return scaled === services ? root : withEntry(root, 'services', scaled);
}

/** A config taken from a variable has that variable as its content. */
function resolveConfigContents(root: YamlMap, environment: ReadonlyMap<string, string>): YamlMap {
  const configs = root.entries.get('configs')?.value;
  if (configs?.kind !== 'map') return root;
  const filled = mapValues(configs, (config) => {
    const variable = child(config, 'environment');
    const name = variable?.kind === 'scalar' && typeof variable.value === 'string' ? variable.value : undefined;
    const content = name === undefined ? undefined : environment.get(name);
    if (config.kind !== 'map' || !variable || content === undefined) return config;
    return withEntry(config, 'content', scalarOf(content, variable.span));
  });
  return filled === configs ? root : withEntry(root, 'configs', filled);
}

function withServices(root: YamlMap, services: ReadonlyMap<string, YamlMap>): YamlMap {
  const all = root.entries.get('services')?.value;
  if (all?.kind !== 'map') return root;
  const entries = [...all.entries.values()].map((entry) => ({
    ...entry,
    value: services.get(entry.key) ?? entry.value,
  }));
  return withEntry(root, 'services', { ...all, entries: mapOf(entries, all.span).entries });
}

function resources(root: YamlMap, kind: string): ReadonlyMap<string, YamlNode> {
  return new Map(entriesOf(root.entries.get(kind)?.value));
}
