import { field } from '../../engine/endpoint.ts';
import type { Service } from '../../model/service.ts';
import type { ServicePlan } from '../../stack/plan.ts';
import { openPorts } from './neighbours.ts';

export const dataStores: ReadonlySet<Service['role']['kind']> = new Set(['database', 'cache', 'queue', 'search']);

/** Ports of a container that the engine has bound: `8080/tcp`. */
export function boundPorts(raw: unknown): string[] {
  const ports = field(field(raw, 'NetworkSettings'), 'Ports');
  if (typeof ports !== 'object' || ports === null) return [];
  return Object.entries(ports).flatMap(([port, bindings]: [string, unknown]) =>
    Array.isArray(bindings) && bindings.length > 0 ? [port] : [],
  );
}

/** What is wrong with what is published, each a clause about the service. */
export function publishingFaults(
  plan: ServicePlan,
  service: Pick<Service, 'ports' | 'role'>,
  bound: readonly string[],
): string[] {
  const asked = Object.keys(plan.body.HostConfig.PortBindings ?? {});
  const faults: string[] = [];
  for (const port of asked)
    if (!bound.includes(port))
      faults.push(
        `the file publishes ${port}, and the engine has bound it nowhere: an internal network publishes nothing`,
      );
  for (const port of bound)
    if (!asked.includes(port)) faults.push(`${port} is published, and the file does not say so`);
  if (dataStores.has(service.role.kind))
    for (const { hostIp, published, target } of service.ports)
      if (hostIp === undefined || hostIp === '0.0.0.0' || hostIp === '::')
        faults.push(`a ${service.role.kind} is published on every interface (${published ?? 'any port'} to ${target})`);
  return faults;
}

/** Seen in its network namespace. */
type Listener = { readonly protocol: string; readonly address: string; readonly port: number };

/**
 * Where no port that it publishes leads anywhere. One of several is no fault: many a file publishes 443 for the day when
 * there is a certificate. UDP shows nothing of the kind.
 */
export function deadEnd(plan: ServicePlan, listeners: readonly Listener[]): string | undefined {
  const asked = Object.keys(plan.body.HostConfig.PortBindings ?? {});
  const tcp = listeners.filter(({ protocol }) => protocol === 'tcp');
  const open = openPorts(tcp);
  const ports = asked.map((port) => Number.parseInt(port, 10));
  if (asked.length === 0 || asked.some((port) => !port.endsWith('/tcp')) || ports.some((port) => open.includes(port)))
    return undefined;
  const which = `the file publishes ${asked.join(', ')}`;
  if (tcp.some(({ port }) => ports.includes(port)))
    return `${which}, and it listens there for itself only, on 127.0.0.1: nobody comes in`;
  const elsewhere = open.length > 0 ? `: it listens on ${open.join(', ')}` : '';
  return `${which}, and nothing listens there${elsewhere}`;
}
