import { servicePort } from '../knowledge/default-ports.ts';
import type { PublishedPort, Service } from '../model/service.ts';
import { isAnyAddress, isLoopback } from '../vocabulary/ip-address.ts';

/** Reached by whoever reaches the host: no address was given, or all of them. */
export function isOnAllInterfaces(port: PublishedPort): boolean {
  return port.hostIp === undefined || port.hostIp === '' || isAnyAddress(port.hostIp);
}

export function isLocalOnly(port: PublishedPort): boolean {
  return port.hostIp !== undefined && isLoopback(port.hostIp);
}

export function addressWritten(port: PublishedPort): boolean {
  return port.hostIp !== undefined && port.hostIp !== '';
}

/** Peers ask for an address at every mapping; one that was written, even `0.0.0.0`, satisfies them. */
export const unboundAliases = [
  'kics:container_traffic_not_bound_to_host_interface',
  'dclint:no-unbound-port-interfaces',
];

/** KICS is content where NET_BIND_SERVICE is dropped by its name. */
export function systemPortAliases(service: Service): readonly string[] {
  const isDropped = service.capDrop.some(({ value }) => value === 'NET_BIND_SERVICE');
  return isDropped ? [] : ['kics:privileged_ports_mapped_in_container'];
}

/** As the file has them: of a range, which makes many ports, the first one, published as the whole range. */
export function mappingsOf(service: Service): readonly PublishedPort[] {
  const mappings = new Map<string, PublishedPort>();
  for (const port of service.ports) {
    const place = `${port.span.file}\0${port.span.start}\0${port.protocol}`;
    const first = mappings.get(place);
    mappings.set(place, first ? { ...first, published: upTo(first.published, port.published) } : port);
  }
  return [...mappings.values()];
}

function upTo(first: string | undefined, last: string | undefined): string | undefined {
  const from = first?.split('-')[0];
  return from === undefined || last === undefined || from === last ? first : `${from}-${last}`;
}

/** How the port is told to a person: `port 5432`, `ports 5000-5010`. */
export function hostSide(port: PublishedPort): string {
  if (port.published === undefined || port.published === '') return 'a random port';
  return port.published.includes('-') ? `ports ${port.published}` : `port ${port.published}`;
}

/** Where the world expects the web, names, time, mail and VPNs: who listens there does so to be reached. */
const publicPorts = new Set([25, 53, 80, 110, 123, 143, 443, 465, 500, 587, 853, 993, 995, 1194, 51820]);

export function isPublicPort(port: PublishedPort): boolean {
  return port.published !== undefined && publicPorts.has(Number(port.published));
}

/** Devices and partners speak to these from outside by design. */
const madeForOutside = /mosquitto|emqx|vernemq|hivemq|nanomq|rabbitmq.{0,60}mqtt|coturn|registry/i;

export function isMadeForOutside(service: Service): boolean {
  return madeForOutside.test(service.imageName?.value ?? '');
}

/** The service keeps data, or hands it around, and its clients are other services. */
const innerKinds: ReadonlySet<string> = new Set(['database', 'cache', 'queue', 'search']);

/**
 * What of `service` this port opens, when that belongs behind the other services: `PostgreSQL`. By the image where it
 * is known, else by the number.
 */
export function innerService(
  service: Service,
  port: PublishedPort,
): { readonly what: string; readonly sure: 'certain' | 'likely' } | undefined {
  const known = servicePort(port.target);
  if (innerKinds.has(service.role.kind)) {
    if (known && !known.internal) return undefined;
    // Its own image, or one made from it.
    return { what: known?.service ?? `its ${service.role.kind}`, sure: 'certain' };
  }
  // An own program may listen on 9090 for reasons of its own: only data stores keep to their numbers.
  if (!known || !innerKinds.has(known.kind) || service.role.kind === 'monitoring') return undefined;
  if (service.image.stage !== undefined && service.image.facts?.kind !== known.kind) return undefined;
  return { what: known.service, sure: 'likely' };
}
