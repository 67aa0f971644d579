import { child, entriesOf, type Maybe, textsOf } from '../model/compose/tree-access.ts';
import type { Asked } from './asked.ts';
import type { Body, EndpointPlan } from './plan.ts';
import { present, some } from './present.ts';
import { mappingAt, numberAt, textAt } from './values.ts';

/** The networks a service joins, by `priority` and then by name, as Compose orders them. None with `network_mode`. */
export function endpoints(asked: Asked): EndpointPlan[] {
  if (textAt(asked.node, 'network_mode') !== undefined) return [];
  const links = some(linksOf(asked.node));
  const written: readonly (readonly [string, Maybe])[] = asked.node
    ? entriesOf(child(asked.node, 'networks'))
    : [['default', undefined]];
  return written
    .map(([key, node]) => ({ key, node, priority: numberAt(node, 'priority') ?? 0 }))
    .sort((a, b) => b.priority - a.priority || (a.key < b.key ? -1 : 1))
    .map(({ key, node }) => ({
      key,
      name: asked.nameOf('networks', key),
      settings: settings(asked, node, links),
    }));
}

function settings(asked: Asked, node: Maybe, links: readonly string[] | undefined): Body {
  const addresses = present({
    IPv4Address: textAt(node, 'ipv4_address'),
    IPv6Address: textAt(node, 'ipv6_address'),
    LinkLocalIPs: some(textsOf(child(node, 'link_local_ips'))),
  });
  const options = mappingAt(node, 'driver_opts');
  const interfaceName = textAt(node, 'interface_name');
  return present({
    Aliases: [asked.name, ...textsOf(child(node, 'aliases'))],
    Links: links,
    IPAMConfig: node?.kind === 'map' ? addresses : undefined,
    DriverOpts:
      interfaceName === undefined ? options : { ...options, 'com.docker.network.endpoint.ifname': interfaceName },
    MacAddress: textAt(node, 'mac_address'),
    GwPriority: numberAt(node, 'gw_priority'),
  });
}

/** `service:NAME:alias` for one of ours, whose containers are known when it runs; `container:alias` for others. */
export function linksOf(service: Maybe): string[] {
  const own = textsOf(child(service, 'links')).map((written) => {
    const [name = '', alias] = written.split(':');
    return `service:${name}:${alias ?? name}`;
  });
  const others = textsOf(child(service, 'external_links')).map((written) =>
    written.includes(':') ? written : `${written}:${written}`,
  );
  return [...own, ...others];
}
