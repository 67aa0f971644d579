import type { Engine } from '../engine/engine.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import {
  isOlder,
  type NewerFeature,
  newerContainerFeatures,
  newerEndpointFeatures,
  withoutNewer,
} from './newer-features.ts';
import { placeFiles } from './place-files.ts';
import type { Body, ContainerBody, EndpointPlan, ServicePlan } from './plan.ts';
import { type PeersOf, resolvedBody, resolvedEndpoint } from './resolved-body.ts';
import type { RunningStack } from './running-stack.ts';

/** Creates one container of a service, joins its networks and puts its files there. It is not started. */
export async function makeContainer(
  stack: RunningStack,
  plan: ServicePlan,
  name: string,
  options: Pick<BringUpOptions, 'onTooOld'>,
): Promise<void> {
  const { engine } = stack;
  const { apiVersion } = engine.info;
  const peersOf: PeersOf = (service) => stack.containersOf(service);
  const missed = tooOld(engine, plan.name, options.onTooOld);
  const networks = plan.networks.map((network) => {
    const { settings, ...rest } = resolvedEndpoint(network, name, peersOf);
    return { ...rest, settings: withoutNewer(settings, newerEndpointFeatures, apiVersion, missed) };
  });
  const whole = withoutNewer(resolvedBody(plan, networks, peersOf), newerContainerFeatures, apiVersion, missed);
  const placed = await placeFiles(stack, plan, name, whole);
  const body = isOlder(apiVersion, '1.44') ? forOneNetwork(placed.body, networks) : forAll(placed.body, networks);
  const container = await engine.createContainer(name, body, plan.image.platform);
  stack.add(plan.name, container);
  // Below API 1.44 a container is created on one network only.
  if (isOlder(apiVersion, '1.44'))
    for (const network of networks.slice(1)) await engine.connectNetwork(network.name, container.id, network.settings);
  if (placed.files.length > 0) await container.putFiles('/', placed.files);
}

/** Refuses what the engine is too old for, or tells it where somebody listens. */
export function tooOld(
  engine: Engine,
  what: string,
  listener: BringUpOptions['onTooOld'],
): (feature: NewerFeature) => void {
  return ({ attribute, since }) => {
    const { name, version, apiVersion } = engine.info;
    const message = `${attribute} of "${what}" needs API ${since}; ${name} ${version} is spoken to in ${apiVersion}`;
    if (!listener) throw new SeaworthyError('unsupported', message, { hint: 'Use a newer engine, or leave it out.' });
    listener(message);
  };
}

/** The hardware address of a container with one network is a field of the container there. */
function forOneNetwork(body: ContainerBody, [primary]: readonly EndpointPlan[]): ContainerBody {
  const address = body['MacAddress'] ?? primary?.settings['MacAddress'];
  return address === undefined ? body : { ...body, MacAddress: address };
}

function forAll(body: ContainerBody, networks: readonly EndpointPlan[]): ContainerBody {
  const { MacAddress: address, ...rest } = body;
  const endpoints: Record<string, Body> = {};
  for (const [index, { name, settings }] of networks.entries())
    endpoints[name] = index === 0 && address !== undefined ? { MacAddress: address, ...settings } : settings;
  // Without a network of ours (network_mode) the old field is the only one.
  if (networks.length === 0) return body;
  return { ...rest, NetworkingConfig: { EndpointsConfig: endpoints } } as ContainerBody;
}
