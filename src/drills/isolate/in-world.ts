import type { Body, EndpointPlan, NetworkPlan, ServicePlan, StackPlan, VolumePlan } from '../../stack/plan.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import { hostInCommand, hostVariable } from '../health/dependencies.ts';
import { listOf } from './fields.ts';
import { fromSource, mountsOf, withMounts } from './mounted.ts';

/**
 * A copy of an isolated plan with these services, one container each, under names that begin with the world's. What
 * services call each other stays. Volumes that are marked external are the run's own copies, which nobody writes to:
 * all worlds share them. Throws `internal` where a service is left out that another cannot be made without.
 */
export function inWorld(plan: StackPlan, world: string, services: ReadonlySet<string>): StackPlan {
  const kept = plan.services.filter(({ name }) => services.has(name));
  const networks = plan.networks.map((network) => renamedNetwork(network, world));
  const volumes = plan.volumes.map((volume) => renamedVolume(volume, world));
  const names: Names = {
    network: new Map(plan.networks.map(({ name }, index) => [name, networks[index]!.name])),
    volume: new Map(plan.volumes.map(({ name }, index) => [name, volumes[index]!.name])),
  };
  const renamed = kept.map((service) => renamedService(service, world, names, services));
  const joined = new Set(renamed.flatMap((service) => service.networks.map(({ name }) => name)));
  const mounted = new Set(renamed.flatMap(({ body }) => mountsOf(body).map(({ source }) => source)));
  return {
    ...plan,
    project: world,
    networks: networks.filter(({ name }) => joined.has(name)),
    volumes: volumes.filter(({ name }) => mounted.has(name)),
    services: renamed,
  };
}

/**
 * The services that one cannot be started without, itself among them; and those whose names are hosts in its environment
 * or command, which it asks though `depends_on` does not say so, unless they are refused.
 */
export function neededBy(
  plan: StackPlan,
  service: string,
  refused: ReadonlyMap<string, string> = new Map(),
): ReadonlySet<string> {
  const needed = new Set<string>();
  const waiting = [service];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const found = plan.services.find((one) => one.name === name);
    if (!found || needed.has(name)) continue;
    needed.add(name);
    waiting.push(...found.dependsOn.map((one) => one.service), ...partnersOf(found), ...linkedBy(found));
    waiting.push(...plan.services.map((one) => one.name).filter((one) => !refused.has(one) && isHostOf(one, found)));
  }
  return needed;
}

function isHostOf(name: string, { body }: ServicePlan): boolean {
  const command = [...listOf(body['Entrypoint']), ...listOf(body['Cmd'])].join(' ');
  return (
    hostVariable((body.Env ?? []).map(variableFrom), name) !== undefined || hostInCommand(command, name) !== undefined
  );
}

function variableFrom(line: string): { readonly name: string; readonly value: string } {
  const at = line.indexOf('=');
  return { name: at < 0 ? line : line.slice(0, at), value: at < 0 ? '' : line.slice(at + 1) };
}

interface Names {
  readonly network: ReadonlyMap<string, string>;
  readonly volume: ReadonlyMap<string, string>;
}

function renamedNetwork(network: NetworkPlan, world: string): NetworkPlan {
  const name = `${world}-${partOfName(network.key)}`;
  // Engines before 27 give a bridge no subnet of IPv6 by themselves.
  const IPAM = { Config: [{ Subnet: uniqueSubnet(name) }] };
  return { ...network, name, body: network.body['EnableIPv6'] === true ? { ...network.body, IPAM } : network.body };
}

function renamedVolume(volume: VolumePlan, world: string): VolumePlan {
  return volume.external ? volume : { ...volume, name: `${world}-${partOfName(volume.key)}` };
}

function renamedService(plan: ServicePlan, world: string, names: Names, services: ReadonlySet<string>): ServicePlan {
  const lost = partnersOf(plan).find((partner) => !services.has(partner));
  if (lost !== undefined)
    throw new SeaworthyError('internal', `"${plan.name}" cannot be made without "${lost}", which is not in ${world}`);
  const written = mountsOf(plan.body).map((mounted) => {
    if (mounted.kind !== 'volume' || mounted.source === undefined) return mounted.written;
    // A name that the plan does not know could be a real volume's.
    return fromSource(mounted, names.volume.get(mounted.source) ?? `${world}-${partOfName(mounted.source)}`);
  });
  const body = withMounts(plan.body, written);
  const networks = plan.networks.map((endpoint) => renamedEndpoint(endpoint, world, names, services));
  const mode = body.HostConfig.NetworkMode;
  const NetworkMode = networks[0]?.name ?? mode;
  const host = ownLinks(body.HostConfig, services);
  return {
    ...plan,
    containerNames: [`${world}-${partOfName(plan.name)}`],
    body: { ...body, HostConfig: NetworkMode === undefined ? host : { ...host, NetworkMode } },
    networks,
    dependsOn: plan.dependsOn.filter(({ service }) => services.has(service)),
  };
}

function renamedEndpoint(
  endpoint: EndpointPlan,
  world: string,
  names: Names,
  services: ReadonlySet<string>,
): EndpointPlan {
  const name = names.network.get(endpoint.name) ?? `${world}-${partOfName(endpoint.key)}`;
  return { ...endpoint, name, settings: ownLinks(endpoint.settings, services) };
}

/** Without links to services that are not there. */
function ownLinks<T extends Body>(body: T, services: ReadonlySet<string>): T {
  if (!Array.isArray(body['Links'])) return body;
  return { ...body, Links: listOf(body['Links']).filter((link) => services.has(link.split(':')[1] ?? '')) };
}

/** Services whose namespaces or volumes it shares. */
function partnersOf({ body: { HostConfig } }: ServicePlan): string[] {
  const modes = ['NetworkMode', 'PidMode', 'IpcMode', 'UTSMode', 'CgroupnsMode'].map((key) => String(HostConfig[key]));
  return [...modes, ...listOf(HostConfig['VolumesFrom'])].flatMap(
    (shared) => /^service:([^:]+)/.exec(shared)?.[1] ?? [],
  );
}

function linkedBy({ networks, body }: ServicePlan): string[] {
  const links = [...listOf(body.HostConfig['Links']), ...networks.flatMap(({ settings }) => listOf(settings['Links']))];
  return links.flatMap((link) => /^service:([^:]+)/.exec(link)?.[1] ?? []);
}

/** What names on an engine may hold: https://docs.docker.com/reference/api/engine/ (`[a-zA-Z0-9][a-zA-Z0-9_.-]+`). */
const partOfName = (key: string) => key.replace(/[^a-zA-Z0-9_.-]/g, '-');

/** A local prefix of RFC 4193 whose 40 random bits and subnet are told by the name: FNV-1a, twice. */
function uniqueSubnet(name: string): string {
  const hash = (seed: number) => {
    let value = seed;
    for (let at = 0; at < name.length; at++) value = Math.imul(value ^ name.charCodeAt(at), 0x01000193) >>> 0;
    return value.toString(16).padStart(8, '0');
  };
  const bits = `fd${hash(0x811c9dc5)}${hash(0x050c5d1f)}`.slice(0, 16);
  return `${bits.slice(0, 4)}:${bits.slice(4, 8)}:${bits.slice(8, 12)}:${bits.slice(12, 16)}::/64`;
}
