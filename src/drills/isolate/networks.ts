import type { Body, EndpointPlan, NetworkPlan, ServicePlan, StackPlan } from '../../stack/plan.ts';
import { fieldsOf, listOf, textsOf, without } from './fields.ts';
import type { Note } from './isolated.ts';
import { defaultNetwork } from './namespaces.ts';
import { ownLabels } from './watchers.ts';

/**
 * Options of a bridge that concern nobody else; others name interfaces and addresses of the host.
 * https://docs.docker.com/engine/network/drivers/bridge/#options
 */
const harmlessOptions =
  /^com\.docker\.network\.(?:driver\.mtu|bridge\.(?:enable_icc|enable_ip_masquerade|gateway_mode_ipv[46])|container_iface_prefix)$/;

/** Bridges of the drill's own in place of whatever network there is. `internal` stays. */
export function freshNetworks(plan: StackPlan, note: Note): NetworkPlan[] {
  const joined = new Set(plan.services.flatMap((service) => service.networks.map(({ key }) => key)));
  const networks = plan.networks.filter(({ key }) => joined.has(key)).map((network) => freshNetwork(network, note));
  if (joined.has(defaultNetwork) && !networks.some(({ key }) => key === defaultNetwork))
    networks.push({ key: defaultNetwork, name: defaultNetwork, external: false, body: {} });
  return networks;
}

/** One of this project alone, on this machine alone. */
export function isBridge({ external, body }: NetworkPlan): boolean {
  const driver = body['Driver'];
  return !external && (driver === undefined || driver === '' || driver === 'bridge' || driver === 'default');
}

function freshNetwork(network: NetworkPlan, note: Note): NetworkPlan {
  const { key, name, external, body } = network;
  const kept: Record<string, unknown> = {};
  for (const field of ['Internal', 'EnableIPv4', 'EnableIPv6']) if (field in body) kept[field] = body[field];
  if (external) note('network', `external network ${name}`, 'a fresh bridge, with nobody else on it');
  else if (!isBridge(network)) note('network', `${key}, driver ${String(body['Driver'])}`, 'a fresh bridge');
  else {
    const options = Object.entries(fieldsOf(body['Options']));
    const harmless = options.filter(([option]) => harmlessOptions.test(option));
    if (harmless.length > 0) kept['Options'] = Object.fromEntries(harmless);
    for (const [option] of options) if (!harmlessOptions.test(option)) note('network', `${key}, ${option}`, 'left out');
  }
  const subnets = subnetsOf(body);
  if (subnets.length > 0) note('address', `${key}, ${subnets.join(', ')}`, 'addresses that are free');
  const labels = ownLabels(textsOf(body['Labels']), note);
  if (Object.keys(labels).length > 0) kept['Labels'] = labels;
  return { key, name, external: false, body: kept };
}

/** Addresses of its own, and no links to containers that are not the project's. */
export function freshEndpoints(plan: ServicePlan, note: Note, wereBridges: ReadonlyMap<string, boolean>): ServicePlan {
  const networks = plan.networks.map((endpoint) =>
    freshEndpoint(endpoint, note, wereBridges.get(endpoint.key) ?? true),
  );
  const address = plan.body['MacAddress'];
  if (address !== undefined) note('address', `mac_address ${String(address)}`, 'one that is free');
  const links = listOf(plan.body.HostConfig['Links']);
  for (const link of links.filter((one) => !isOwnLink(one)))
    note('link', `external_links: ${link}`, 'left out: that container is real');
  const own = links.filter(isOwnLink);
  const host = without(plan.body.HostConfig, 'Links');
  const HostConfig = own.length > 0 ? { ...host, Links: own } : host;
  return { ...plan, networks, body: { ...without(plan.body, 'MacAddress'), HostConfig } };
}

/** `isBridge`: it was one before, so that options for its driver still mean something. */
function freshEndpoint({ key, name, settings }: EndpointPlan, note: Note, isBridge: boolean): EndpointPlan {
  const { IPAMConfig, MacAddress, Links, DriverOpts, ...kept } = settings;
  const fixed = Object.values(fieldsOf(IPAMConfig)).flat().map(String);
  if (fixed.length > 0) note('address', `${key}, ${fixed.join(', ')}`, 'addresses that are free');
  if (MacAddress !== undefined) note('address', `${key}, mac_address ${String(MacAddress)}`, 'one that is free');
  const links = listOf(Links).filter(isOwnLink);
  return {
    key,
    name,
    settings: {
      ...kept,
      ...(links.length > 0 ? { Links: links } : {}),
      ...(DriverOpts !== undefined && isBridge ? { DriverOpts } : {}),
    },
  };
}

const isOwnLink = (link: string) => link.startsWith('service:');

function subnetsOf(body: Body): string[] {
  const { Config, Driver } = fieldsOf(body['IPAM']);
  const subnets = Array.isArray(Config) ? Config.map((one: unknown) => fieldsOf(one)['Subnet']) : [];
  const driver = typeof Driver === 'string' && Driver !== 'default' ? [`ipam driver ${Driver}`] : [];
  return [...driver, ...subnets.filter((subnet) => typeof subnet === 'string')];
}
