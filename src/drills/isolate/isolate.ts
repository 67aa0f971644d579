import { withAbsolutePaths } from '../../model/compose/plain.ts';
import { child, entriesOf, text } from '../../model/compose/tree-access.ts';
import { wishesOf } from '../../model/drill-wishes.ts';
import type { Project } from '../../model/project.ts';
import type { EndpointPlan, ServicePlan, StackPlan, VolumePlan } from '../../stack/plan.ts';
import { planName } from '../../stack/service-name.ts';
import type { StandIn } from '../../vocabulary/drill.ts';
import { type JudgedService, judgeBinds, type SecretFiles, withoutBinds } from './binds.ts';
import { dangerOf } from './dangers.ts';
import { refuseDependents, withoutRefused } from './dependents.ts';
import { listOf } from './fields.ts';
import { ownImages } from './images.ts';
import { inWorld } from './in-world.ts';
import type { Copy, Isolated, IsolateOptions, Note } from './isolated.ts';
import { ownLogs } from './logging.ts';
import { mountsOf } from './mounted.ts';
import { ownNamespaces } from './namespaces.ts';
import { freshEndpoints, freshNetworks, isBridge } from './networks.ts';
import { dangerOutside, knownHosts, noteOutside, withoutOutside } from './outside-data.ts';
import { freePorts } from './ports.ts';
import { randomText } from './stand-in-texts.ts';
import { subpathsOf } from './subpaths.ts';
import { throwawayVolume } from './volumes.ts';
import { unwatched } from './watchers.ts';

/**
 * The plan as a drill may start it: whatever it does, nothing that is real is changed. Services for which that cannot
 * be had are refused, and with them those that need them. Looks at the machine, writes nothing, asks no engine.
 */
export function isolate(plan: StackPlan, project: Project, options: IsolateOptions): Isolated {
  const standIns: StandIn[] = [];
  const noteFor =
    (service?: string): Note =>
    (kind, wanted, used) => {
      standIns.push({ kind, service, wanted, used });
    };
  const known = knownHosts(plan);
  const mayReachOut = reachingOut(project);
  const { judged, refused } = judge(plan, project, options, (service) =>
    mayReachOut.has(service.name) ? undefined : dangerOutside(service, known),
  );
  refuseDependents(plan.services, refused, options.missing);
  const kept = judged.filter((one) => !refused.has(one.plan.name));
  const taken = new Set(plan.volumes.flatMap(({ key, name }) => [key, name]));
  const { services: mounted, copies } = withoutBinds(kept, taken, noteFor, randomText);
  const wereBridges = new Map(plan.networks.map((network) => [network.key, isBridge(network)]));
  const services = mounted.map((service) => {
    const note = noteFor(service.name);
    let safe = withoutRefused(service, refused, note);
    safe = ownNamespaces(safe, note);
    safe = freshEndpoints(safe, note, wereBridges);
    if (mayReachOut.has(service.name)) noteOutside(safe, known, note);
    else safe = withoutOutside(safe, known, note);
    safe = freePorts(safe, note);
    safe = ownLogs(safe, note, options.loggingDriver);
    safe = unwatched(safe, note);
    return knownByItsNames(safe, note);
  });
  const volumes = [
    ...usedBy(services, plan.volumes).map((volume) => throwawayVolume(volume, noteFor())),
    ...copies.map(({ volume, scope }) => copyVolume(volume, scope, options.runId)),
  ];
  const safe: StackPlan = { ...plan, volumes, services: ownImages(services, options.runId) };
  const networks = freshNetworks(safe, noteFor());
  const names = new Set(services.map(({ name }) => name));
  return {
    plan: inWorld({ ...safe, networks }, `seaworthy-${options.runId}`, names),
    standIns,
    refused,
    copies: [...copies, ...subpathsOf(services, plan.volumes)],
  };
}

function judge(
  plan: StackPlan,
  project: Project,
  options: IsolateOptions,
  outside: (service: ServicePlan) => string | undefined,
) {
  const { host, isLocal } = options;
  const root = project.files.root === '' ? '' : host.look(project.files.root).real;
  const secretFiles = secretFilesOf(project);
  const names = new Set([...plan.services.map(({ name }) => name), ...(options.missing?.keys() ?? [])]);
  const refused = new Map<string, string>(options.missing);
  const judged: JudgedService[] = [];
  for (const service of plan.services) {
    const danger = dangerOf(service, names, host) ?? outside(service);
    const binds =
      danger === undefined ? judgeBinds(service, secretFiles, { host, root, isLocal }) : { because: danger };
    if ('because' in binds) refused.set(service.name, binds.because);
    else judged.push(binds);
  }
  return { judged, refused };
}

/** Services of which the file says that they may use what is real outside. */
function reachingOut({ services }: Project): ReadonlySet<string> {
  const allowed = services.filter(({ compose }) => wishesOf(compose).egress === 'allowed');
  return new Set(allowed.map(planName));
}

function secretFilesOf(project: Project): SecretFiles {
  const files = new Map<string, 'secret' | 'config'>();
  if (!project.compose) return files;
  const root = withAbsolutePaths(project.compose.root, project.compose.filesRoot);
  for (const kind of ['secret', 'config'] as const)
    for (const [, declared] of entriesOf(child(root, `${kind}s`))) {
      const file = text(child(declared, 'file'));
      if (file !== undefined) files.set(file, kind);
    }
  return files;
}

/** Its real containers' names are its own there, and lead to it here as well. */
function knownByItsNames(plan: ServicePlan, note: Note): ServicePlan {
  if (plan.containerNames.length > 1) note('replicas', `${plan.containerNames.length} containers`, 'one');
  const networks = plan.networks.map((endpoint): EndpointPlan => {
    const aliases = [...listOf(endpoint.settings['Aliases']), ...plan.containerNames];
    return { ...endpoint, settings: { ...endpoint.settings, Aliases: [...new Set(aliases)] } };
  });
  return { ...plan, networks };
}

function usedBy(services: readonly ServicePlan[], volumes: readonly VolumePlan[]): VolumePlan[] {
  const used = new Set(services.flatMap(({ body }) => mountsOf(body).map(({ source }) => source)));
  return volumes.filter(({ name }) => used.has(name));
}

function copyVolume(key: string, scope: Copy['scope'], runId: string): VolumePlan {
  return { key, name: scope === 'run' ? `seaworthy-${runId}-${key}` : key, external: scope === 'run', body: {} };
}
