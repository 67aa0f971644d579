import type { Body, ContainerBody, EndpointPlan, ServicePlan } from './plan.ts';
import { present, some } from './present.ts';

/** What a container may be told of others: by the name of their service. */
export interface Peer {
  readonly id: string;
  readonly name: string;
}

export type PeersOf = (service: string) => readonly Peer[];

/**
 * The body with the containers that it refers to: `service:db` of a shared namespace becomes `container:ID`, those of
 * `volumes_from` and `links` become names. As Compose does, each container of a service is known by its own name, too.
 */
export function resolvedBody(
  { body }: ServicePlan,
  networks: readonly EndpointPlan[],
  peersOf: PeersOf,
): ContainerBody {
  const host = { ...body.HostConfig };
  for (const key of ['NetworkMode', 'PidMode', 'IpcMode', 'UTSMode', 'CgroupnsMode']) {
    const mode = host[key];
    const service = typeof mode === 'string' ? /^service:(.*)$/s.exec(mode)?.[1] : undefined;
    const peer = service === undefined ? undefined : peersOf(service)[0];
    if (peer) host[key] = `container:${peer.id}`;
  }
  const from = textsOf(host['VolumesFrom']).flatMap((source) => {
    const [, service, mode = ''] = /^service:([^:]*)(:.*)?$/s.exec(source) ?? [];
    return service === undefined ? [source] : peersOf(service).map(({ id }) => `${id}${mode}`);
  });
  const primary = networks[0];
  return {
    ...body,
    HostConfig: present({
      ...host,
      VolumesFrom: some(from),
      Links: some(resolvedLinks(textsOf(host['Links']), peersOf)),
    }),
    ...(primary ? { NetworkingConfig: { EndpointsConfig: { [primary.name]: primary.settings } } } : {}),
  };
}

export function resolvedEndpoint(endpoint: EndpointPlan, containerName: string, peersOf: PeersOf): EndpointPlan {
  const settings: Body = present({
    ...endpoint.settings,
    Aliases: [containerName, ...textsOf(endpoint.settings['Aliases'])],
    Links: some(resolvedLinks(textsOf(endpoint.settings['Links']), peersOf)),
  });
  return { ...endpoint, settings };
}

/** Every container of the service that is linked to, under the alias and under the service's own numbered name. */
function resolvedLinks(links: readonly string[], peersOf: PeersOf): string[] {
  return links.flatMap((link) => {
    const [, service, alias] = /^service:([^:]*):(.*)$/s.exec(link) ?? [];
    if (service === undefined) return [link];
    return peersOf(service).flatMap(({ name }, index) => [
      `${name}:${alias}`,
      `${name}:${service}-${index + 1}`,
      `${name}:${name}`,
    ]);
  });
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
