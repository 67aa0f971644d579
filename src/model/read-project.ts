import { ignoreFileFor } from '../read/dockerignore/context.ts';
import type { Files } from '../read/files.ts';
import { baseName, dirName, isAbsolutePath, joinPath } from '../read/paths.ts';
import { SourceText } from '../read/text.ts';
import type { YamlMap } from '../read/yaml/tree.ts';
import type { Sourced } from '../vocabulary/fact.ts';
import type { Fault } from '../vocabulary/fault.ts';
import type { Span } from '../vocabulary/span.ts';
import { type BuildContext, buildContext } from './build-context.ts';
import { discoverComposeFiles } from './compose/discover.ts';
import { type LoadOptions, loadComposeProject } from './compose/load.ts';
import { child, entriesOf, text } from './compose/tree-access.ts';
import type { ComposeModel } from './compose-model.ts';
import { buildDockerfile } from './dockerfile/build-dockerfile.ts';
import type { Dockerfile } from './dockerfile/dockerfile.ts';
import type { Project } from './project.ts';
import { searchTree } from './search-tree.ts';
import type { Build, Service } from './service.ts';
import { serviceOf } from './service-of.ts';

export interface ProjectOptions {
  /** How Compose is called; see `loadComposeProject`. */
  readonly compose?: Omit<LoadOptions, 'skip'>;
  /** Judge these Dockerfiles only, and no Compose file unless `compose.files` names one. */
  readonly dockerfiles?: readonly string[];
  /** The directory of the project below the root of `files`; `.` by default. */
  readonly directory?: string;
  /** What lies below, where somebody has searched already: Dockerfiles (perhaps built ones too) and what was not read. */
  readonly found?: {
    readonly dockerfiles: readonly string[];
    readonly unread: readonly { readonly path: string; readonly reason: string }[];
  };
  readonly today: string;
}

/**
 * Reads everything that belongs to a project. Never throws on what the files say. `loaded`: what `loadedAt` gave for
 * the same files and options, where somebody has asked already.
 */
export function readProject(files: Files, options: ProjectOptions, loaded?: ComposeModel): Project {
  return new Reading(files, options, loaded).project();
}

/** Whether there is a Compose file. */
export function hasCompose(files: Files, { compose = {}, directory = '.', dockerfiles }: ProjectOptions): boolean {
  if (dockerfiles && !compose.files) return false;
  const environment = new Map(Object.entries(compose.env ?? {}));
  return (
    compose.files !== undefined ||
    discoverComposeFiles(files, directory, environment).length > 0 ||
    isNamedByEnvFile(files, directory)
  );
}

/** The Compose model of a project that has one. */
export function loadedAt(files: Files, { compose = {}, directory = '.' }: ProjectOptions): ComposeModel {
  return loadComposeProject(files, {
    ...compose,
    ...(compose.directory === undefined && directory !== '.' ? { directory } : {}),
  });
}

/** `COMPOSE_FILE` may stand in `.env`. */
export function isNamedByEnvFile(files: Files, directory: string): boolean {
  const env = files.read(joinPath(directory, '.env'));
  return env.ok && /^[ \t]*(?:export[ \t]+)?COMPOSE_FILE[ \t]*=/m.test(env.text);
}

class Reading {
  readonly files: Files;
  readonly options: ProjectOptions;
  readonly sources = new Map<string, SourceText>();
  readonly faults: Fault[] = [];
  readonly unread: { path: string; reason: string }[] = [];
  readonly dockerfiles: Dockerfile[] = [];
  readonly contexts = new Map<string, BuildContext>();
  readonly contextsByIgnoreFile = new Map<string, BuildContext>();
  readonly contextOf = new WeakMap<Dockerfile, BuildContext>();
  readonly inline = new Map<string, Span>();

  readonly loaded: ComposeModel | undefined;

  constructor(files: Files, options: ProjectOptions, loaded: ComposeModel | undefined) {
    this.files = files;
    this.options = options;
    this.loaded = loaded;
  }

  project(): Project {
    const compose = this.compose();
    const services: Service[] = [];
    const built = new Set<string>();
    if (compose) {
      const awaited = awaitedServices(compose);
      for (const [name, node] of [...compose.services, ...compose.disabled]) {
        // A provider's service is run by somebody else's program, not as a container.
        if (node.kind !== 'map') continue;
        const build = this.build(name, node, built);
        services.push(
          serviceOf({
            name,
            nameSpan: serviceKey(compose, name, node),
            compose: node,
            composeModel: compose,
            build,
            awaited: awaited.has(name),
          }),
        );
      }
    }
    this.unread.push(...(this.options.found?.unread ?? []));
    const lone = this.options.dockerfiles ?? this.discovered(services.length > 0, built);
    for (const path of lone)
      if (!built.has(joinPath('.', path))) services.push(...this.loneDockerfile(joinPath('.', path)));
    return {
      files: this.files,
      directory: joinPath('.', this.options.directory ?? '.'),
      compose,
      services,
      dockerfiles: this.dockerfiles,
      contexts: this.contexts,
      contextOf: (dockerfile) => this.contextOf.get(dockerfile),
      faults: this.faults,
      sources: this.sources,
      unread: this.unread,
      today: this.options.today,
      registries: [],
      inline: this.inline,
    };
  }

  private compose(): ComposeModel | undefined {
    if (!this.loaded && !hasCompose(this.files, this.options)) return undefined;
    const model = this.loaded ?? loadedAt(this.files, this.options);
    for (const source of model.sources) this.sources.set(source.path, source);
    for (const fault of model.faults) this.faults.push(fault);
    this.unread.push(...model.unread);
    return model;
  }

  private discovered(hasServices: boolean, built: ReadonlySet<string>): readonly string[] {
    if (this.options.compose?.files) return [];
    const searched = this.options.found ?? searchTree(this.files, this.options.directory ?? '.');
    if (!this.options.found) this.unread.push(...searched.unread);
    const { deployed, unread } = deployedOf(
      searched.dockerfiles.filter((path) => !built.has(path)),
      hasServices,
    );
    this.unread.push(...unread);
    return deployed;
  }

  private build(name: string, node: YamlMap, built: Set<string>): Build | undefined {
    const entry = node.entries.get('build');
    if (entry?.value.kind !== 'map') return undefined;
    const { value, keySpan } = entry;
    const contextNode = child(value, 'context');
    const context = text(contextNode) ?? '.';
    const target = child(value, 'target');
    const targetText = text(target);
    const args = new Map<string, Sourced<string | undefined>>(
      entriesOf(child(value, 'args')).map(([key, argument]) => [key, { value: text(argument), span: argument.span }]),
    );
    const common = {
      context,
      contextSpan: contextNode?.span ?? keySpan,
      target:
        target && targetText !== undefined && targetText !== '' ? { value: targetText, span: target.span } : undefined,
      arguments: args,
    };
    const buildOptions = {
      ...(isRemote(context) ? {} : { context }),
      ...(common.target ? { target: common.target.value } : {}),
      arguments: new Map([...args].map(([key, argument]) => [key, argument.value])),
    };
    const inline = child(value, 'dockerfile_inline');
    const inlineText = text(inline);
    if (inline && inlineText !== undefined) {
      const file = `${inline.span.file}#${name}`;
      const source = new SourceText(file, inlineText);
      this.sources.set(file, source);
      this.inline.set(file, inline.span);
      const dockerfile = buildDockerfile(source, buildOptions);
      this.keep(dockerfile, context);
      return { ...common, dockerfile, missing: undefined };
    }
    if (isRemote(context)) return { ...common, dockerfile: undefined, missing: undefined };
    this.files.allow?.(context);
    if (this.files.kind(context) !== 'directory')
      return {
        ...common,
        dockerfile: undefined,
        missing: { what: `build context "${context}"`, span: common.contextSpan },
      };
    const dockerfileNode = child(value, 'dockerfile');
    const path = joinPath(context, text(dockerfileNode) ?? 'Dockerfile');
    const source = this.source(path);
    built.add(path);
    if (!source)
      return {
        ...common,
        dockerfile: undefined,
        missing: { what: `Dockerfile "${path}"`, span: dockerfileNode?.span ?? common.contextSpan },
      };
    const dockerfile = buildDockerfile(source, buildOptions);
    this.keep(dockerfile, context);
    return { ...common, dockerfile, missing: undefined };
  }

  private loneDockerfile(path: string): Service[] {
    const source = this.source(path);
    if (!source) return [];
    const context = dirName(path);
    const dockerfile = buildDockerfile(source, { context });
    this.keep(dockerfile, context);
    const from = dockerfile.target?.from.span ?? source.span(0, 0);
    const build: Build = {
      context,
      contextSpan: from,
      dockerfile,
      missing: undefined,
      target: undefined,
      arguments: new Map(),
    };
    return [
      serviceOf({
        name: loneName(path, this.files.root),
        nameSpan: from,
        compose: undefined,
        composeModel: undefined,
        build,
        awaited: false,
      }),
    ];
  }

  private keep(dockerfile: Dockerfile, directory: string): void {
    // Two builds of one file have the same faults.
    if (!this.dockerfiles.some((other) => other.source === dockerfile.source))
      for (const fault of dockerfile.tree.faults) this.faults.push(fault);
    this.dockerfiles.push(dockerfile);
    if (isRemote(directory)) return;
    const ignoreFile = ignoreFileFor(this.files, directory, dockerfile.file);
    const key = `${directory}\0${ignoreFile ?? ''}`;
    let context = this.contextsByIgnoreFile.get(key);
    if (!context) {
      context = buildContext(this.files, directory, dockerfile.file);
      this.contextsByIgnoreFile.set(key, context);
      const unread = ignoreFile ?? joinPath(directory, '.dockerignore');
      // Where it is a link out of the project, or no file at all, Docker may read what we do not.
      if (!context.ignoreFile && this.files.kind(unread) !== 'missing')
        this.unread.push({ path: unread, reason: this.whyUnread(unread) });
    }
    this.contextOf.set(dockerfile, context);
    if (!this.contexts.has(directory)) this.contexts.set(directory, context);
  }

  private whyUnread(path: string): string {
    const outcome = this.files.read(path);
    return outcome.ok ? '' : (reasons[outcome.reason] ?? outcome.reason);
  }

  private source(path: string): SourceText | undefined {
    const known = this.sources.get(path);
    if (known) return known;
    const outcome = this.files.read(path);
    if (!outcome.ok) {
      if (outcome.reason !== 'missing') this.unread.push({ path, reason: reasons[outcome.reason] ?? outcome.reason });
      return undefined;
    }
    if (outcome.brokenUtf8)
      this.unread.push({ path, reason: 'some bytes are not UTF-8: judged with replacement characters' });
    const source = new SourceText(path, outcome.text);
    this.sources.set(path, source);
    return source;
  }
}

/** Of Dockerfiles that nobody named: one for development beside one for production is not what will be deployed. */
export function deployedOf(found: readonly string[], hasServices: boolean): Deployed {
  const deployed = found.filter((path) => !isForDevelopment(baseName(path)));
  if (deployed.length === 0 && !hasServices) return { deployed: found, unread: [] };
  const reason = 'is for development by its name: name it to have it judged';
  return {
    deployed,
    unread: found.filter((path) => isForDevelopment(baseName(path))).map((path) => ({ path, reason })),
  };
}

interface Deployed {
  readonly deployed: readonly string[];
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
}

const isForDevelopment = (name: string) => name !== 'Dockerfile' && forDevelopment.test(name);
const forDevelopment = /(?:^|[._-])(?:dev|devel|development|test|tests|testing|ci|local|debug|e2e|lint)(?:$|[._-])/i;

const reasons: Readonly<Record<string, string>> = {
  directory: 'is a directory',
  unreadable: 'cannot be read',
  'too-large': 'is larger than 16 MiB',
  binary: 'is a binary file',
  outside: 'lies outside the project',
};

/** Nothing on this disk. */
export function isRemote(context: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]+:\/\/|git@|github\.com\/|service:|docker-image:|oci-layout:|target:)/i.test(context);
}

function awaitedServices(compose: ComposeModel): ReadonlySet<string> {
  const awaited = new Set<string>();
  for (const [, service] of [...compose.services, ...compose.disabled])
    for (const [name, dependency] of entriesOf(child(service, 'depends_on')))
      if (text(child(dependency, 'condition')) === 'service_completed_successfully') awaited.add(name);
  return awaited;
}

/** The key of the service where it was first written. */
function serviceKey(compose: ComposeModel, name: string, node: YamlMap): Span {
  const services = compose.root.entries.get('services')?.value;
  return (services?.kind === 'map' ? services.entries.get(name)?.keySpan : undefined) ?? node.span;
}

/** A name people recognise: the folder, the suffix of `Dockerfile.worker` or `worker.Dockerfile`, else the project's folder. */
function loneName(path: string, root: string): string {
  const file = baseName(path);
  const suffix =
    file === 'Dockerfile'
      ? undefined
      : (/^(?:Dockerfile|Containerfile)[.-](.+)$/i.exec(file)?.[1] ??
        /^(.+)\.(?:Dockerfile|Containerfile)$/i.exec(file)?.[1]);
  const folder = dirName(path);
  const place = folder === '.' ? (root === '' ? undefined : baseName(root)) : folder;
  if (suffix !== undefined) return folder === '.' ? suffix : `${folder}/${suffix}`;
  return place === undefined || isAbsolutePath(place) ? 'image' : place;
}
