import { withAbsolutePaths } from '../model/compose/plain.ts';
import { normalizeProjectName } from '../model/compose/project-name.ts';
import { at, child, entriesOf, itemsOf } from '../model/compose/tree-access.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Span } from '../vocabulary/span.ts';
import type { Asked } from './asked.ts';
import { dependencyPlans, inOrder } from './dependency-plans.ts';
import type { StackPlan } from './plan.ts';
import { planService } from './plan-service.ts';
import { notesOf } from './refusals.ts';
import { planName } from './service-name.ts';
import { networkPlan, volumePlan } from './shared-plans.ts';
import { textAt } from './values.ts';

export interface PlanOptions {
  /** In place of the project's own name. Names on the engine that begin with that one begin with this. */
  readonly projectName?: string;
  /** These, and what they depend on; without it all. */
  readonly services?: readonly string[];
  /** What stands for a secret or config that cannot be had here (external, or of a variable that is not set). */
  readonly standIn?: (kind: 'secret' | 'config', key: string) => string | undefined;
  /** Is told of a service that could not be started as it is written: the plan goes without it. Without this, it throws. */
  readonly onRefused?: (service: string, error: SeaworthyError) => void;
}

/**
 * The merged project as requests for the Engine API. Nothing is asked of any engine. Throws `unsupported`, with file and
 * line, for what could not be started as it is written, and `unknown-service` for a name that is not there.
 */
export function planStack(project: Project, options: PlanOptions = {}): StackPlan {
  if (project.files.root === '')
    throw new SeaworthyError('unsupported', 'Files in memory cannot be started: they lie on no machine');
  refuseFaulty(project);
  const services = new Map(project.services.map((service) => [planName(service), service]));
  const active = [...services].filter(([, service]) => isActive(project, service));
  const isThere = new Set(active.map(([name]) => name));
  const dependencies = new Map(
    active.map(([name, service]) => [
      name,
      dependencyPlans(service.compose).filter((dependency) => isThere.has(dependency.service)),
    ]),
  );
  for (const name of options.services ?? []) if (!dependencies.has(name)) throw unknownService(name, services);
  const names = inOrder(dependencies, options.services ?? [...dependencies.keys()]);
  const { reading, absolute } = readingOf(project, options);
  const asked = names.map((name): Asked => ({ ...reading, name, node: at(reading.root, ['services', name]) }));
  const plans = asked.flatMap((one) => {
    try {
      return [planService(one, services.get(one.name)!, dependencies.get(one.name) ?? [], absolute)];
    } catch (error) {
      if (!options.onRefused || !(error instanceof SeaworthyError) || error.code !== 'unsupported') throw error;
      options.onRefused(one.name, error);
      return [];
    }
  });
  const kept = asked.filter(({ name }) => plans.some((one) => one.name === name));
  return {
    project: reading.project,
    networks: usedNetworks(kept).map((key) => networkPlan(reading, key)),
    volumes: usedVolumes(kept).map((key) => volumePlan(reading, key)),
    services: plans,
    leftOut: kept.flatMap(notesOf),
  };
}

function readingOf(project: Project, options: PlanOptions) {
  const filesRoot = project.files.root;
  const absolute = (path: string) => (path.startsWith('/') ? path : path === '.' ? filesRoot : `${filesRoot}/${path}`);
  const own = project.compose?.name ?? loneProjectName(project);
  const named = options.projectName ?? own;
  const root = project.compose && withAbsolutePaths(project.compose.root, filesRoot);
  const reading: Omit<Asked, 'name' | 'node'> = {
    root,
    project: named,
    nameOf(kind, key) {
      const name = textAt(at(root, [kind, key]), 'name') ?? `${named}_${key}`;
      return name === `${own}_${key}` ? `${named}_${key}` : name;
    },
    place: (span) => placeOf(project, span),
    variable: (name) => project.compose?.environment.get(name),
    read(path) {
      const directory = project.compose?.directory ?? project.directory;
      const outcome = project.files.read(directory === '.' || path.startsWith('/') ? path : `${directory}/${path}`);
      return outcome.ok ? outcome.text : undefined;
    },
    standIn: options.standIn ?? (() => undefined),
  };
  return { reading, absolute };
}

function placeOf(project: Project, span: Span | undefined): string {
  if (!span) return project.compose?.files[0] ?? 'Dockerfile';
  const source = project.sources.get(span.file);
  return source ? `${span.file}:${source.positionAt(span.start).line}` : span.file;
}

const loneProjectName = (project: Project) =>
  normalizeProjectName((project.directory === '.' ? project.files.root : project.directory).split('/').at(-1) ?? '') ||
  'project';

const isActive = (project: Project, service: Service) =>
  service.compose === undefined || project.compose?.services.has(service.name) === true;

function refuseFaulty(project: Project): void {
  const fault = project.compose?.faults.find(({ refused }) => refused);
  if (!fault) return;
  throw new SeaworthyError('unsupported', `${placeOf(project, fault.span)}: Compose refuses this: ${fault.message}`, {
    hint: 'seaworthy check shows all that Compose refuses.',
  });
}

function unknownService(name: string, services: ReadonlyMap<string, Service>): SeaworthyError {
  const asleep = services.get(name);
  if (!asleep)
    return new SeaworthyError('unknown-service', `There is no service "${name}"`, {
      hint: `There are ${[...services.keys()].join(', ')}.`,
    });
  return new SeaworthyError('unknown-service', `The service "${name}" is not active: it needs a profile`, {
    hint: `Ask for one of its profiles: ${asleep.profiles.join(', ')}.`,
  });
}

function usedNetworks(asked: readonly Asked[]): string[] {
  const used = new Set<string>();
  for (const { node } of asked)
    if (!node) used.add('default');
    else if (textAt(node, 'network_mode') === undefined)
      for (const [key] of entriesOf(child(node, 'networks'))) used.add(key);
  return [...used];
}

function usedVolumes(asked: readonly Asked[]): string[] {
  const used = new Set<string>();
  for (const { node } of asked)
    for (const volume of itemsOf(child(node, 'volumes'))) {
      const type = textAt(volume, 'type');
      const source = textAt(volume, 'source');
      if (source !== undefined && (type === 'volume' || type === 'cluster')) used.add(source);
    }
  return [...used];
}
