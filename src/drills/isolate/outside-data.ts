import type { ServicePlan, StackPlan } from '../../stack/plan.ts';
import { type DataHost, dataHosts } from './data-hosts.ts';
import { fieldsOf, listOf } from './fields.ts';
import type { Note } from './isolated.ts';

/** What Docker Desktop and Podman answer to without being told. */
const gateways = ['host.docker.internal', 'gateway.docker.internal', 'host.containers.internal'];

/** Names and addresses by which containers of the plan are known, in small letters. */
export function knownHosts(plan: StackPlan): ReadonlySet<string> {
  const known = new Set(['localhost', '0.0.0.0', '::1']);
  for (const { name, containerNames, body, networks } of plan.services) {
    for (const one of [name, ...containerNames, body['Hostname']])
      if (typeof one === 'string') known.add(one.toLowerCase());
    for (const { key, settings } of networks) {
      for (const alias of listOf(settings['Aliases'])) known.add(alias.toLowerCase());
      for (const address of Object.values(fieldsOf(settings['IPAMConfig'])).flat())
        known.add(String(address).toLowerCase());
      // `db.shop_default` is answered, too.
      known.add(`${name}.${key}`.toLowerCase());
    }
    for (const link of listOf(body.HostConfig['Links'])) known.add(link.split(':').at(-1)?.toLowerCase() ?? '');
  }
  return known;
}

/** Tells which of them are let in, because the file says so. */
export function noteOutside(plan: ServicePlan, known: ReadonlySet<string>, note: Note): void {
  for (const { variable, host } of outsideHosts(plan, known))
    note('outside', `${variable}, ${host}`, 'the real one: x-seaworthy.drill.egress is allowed');
}

/** Servers that keep something and are none of the plan's. */
function outsideHosts(plan: ServicePlan, known: ReadonlySet<string>): DataHost[] {
  if (plan.body.HostConfig.NetworkMode === 'none') return [];
  return dataHosts(plan).filter(({ host }) => !known.has(host) && !host.startsWith('127.'));
}

/** Why a service cannot be kept from real databases, queues and mail servers that its environment names. */
export function dangerOutside(plan: ServicePlan, known: ReadonlySet<string>): string | undefined {
  const isShared = plan.body.HostConfig.NetworkMode?.startsWith('service:') === true;
  const found = outsideHosts(plan, known).find(({ host, isService }) => isShared || isService || isAddress(host));
  if (!found) return undefined;
  const { variable, host } = found;
  return `${variable} leads it to ${host}, which is none of the project's services (x-seaworthy.drill.egress: allowed lets it)`;
}

/** Such names lead nowhere: a drill must not take jobs from a real queue, or write into a real database. */
export function withoutOutside(service: ServicePlan, known: ReadonlySet<string>, note: Note): ServicePlan {
  const plan = withoutHostGateway(service, note);
  const mapped = new Set(listOf(plan.body.HostConfig['ExtraHosts']).map((line) => line.split(':')[0]));
  const cut = new Set<string>();
  for (const { variable, host } of outsideHosts(plan, known)) {
    cut.add(host);
    note('outside', `${variable}, ${host}`, 'nothing: it is none of the project, and what it holds is real');
  }
  for (const host of gateways)
    if (!cut.has(host) && !mapped.has(host) && plan.body.Env?.some((line) => line.includes(host))) {
      cut.add(host);
      note('outside', host, 'the container itself: what listens on the host is real');
    }
  if (cut.size === 0) return plan;
  const before = listOf(plan.body.HostConfig['ExtraHosts']).filter(
    (line) => !cut.has(line.split(':')[0]!.toLowerCase()),
  );
  // The container itself: refused at once, where an address that nobody has would be waited for.
  const ExtraHosts = [...before, ...[...cut].map((host) => `${host}:127.0.0.1`)];
  return { ...plan, body: { ...plan.body, HostConfig: { ...plan.body.HostConfig, ExtraHosts } } };
}

/** What listens on the engine's machine is real: its database must not be what `host.docker.internal` finds. */
function withoutHostGateway(plan: ServicePlan, note: Note): ServicePlan {
  const hosts = listOf(plan.body.HostConfig['ExtraHosts']);
  if (!hosts.some((written) => written.endsWith(gateway))) return plan;
  const ExtraHosts = hosts.map((written) => {
    if (!written.endsWith(gateway)) return written;
    const name = written.slice(0, -gateway.length);
    note('outside', `extra_hosts: ${name}`, 'the container itself: what listens on the host is real');
    return `${name}:127.0.0.1`;
  });
  return { ...plan, body: { ...plan.body, HostConfig: { ...plan.body.HostConfig, ExtraHosts } } };
}

const gateway = ':host-gateway';

const isAddress = (host: string) => /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(':');
