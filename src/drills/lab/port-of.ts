import type { Inside } from '../../inside/client.ts';
import type { ServicePlan } from '../../stack/plan.ts';
import type { DrillSettings } from '../settings.ts';

/**
 * The port that a service which runs well is asked on, where the likeliest is closed: another likely one that it listens on,
 * else the lowest of all that it does. An image's EXPOSE is a note, and its base image's may be about another configuration.
 * What the file publishes is no note: where nothing listens there, that is what its callers meet.
 */
export function portOf(
  { likelyPorts }: Pick<DrillSettings, 'likelyPorts'>,
  plan: Pick<ServicePlan, 'body'>,
  open: readonly number[],
): number | undefined {
  const known = likelyPorts.find((port) => open.includes(port));
  if (known !== undefined) return known;
  const isPublished = Object.keys(plan.body.HostConfig.PortBindings ?? {}).length > 0;
  return isPublished ? likelyPorts[0] : (open.toSorted((a, b) => a - b)[0] ?? likelyPorts[0]);
}

/**
 * Whether it may listen nowhere, though a port is thought of: it has an image's EXPOSE, which is about the image's own command,
 * and the file gives it another and no port (`image: shop`, `command: worker`).
 */
export const mayBeWorker = ({ body }: Pick<ServicePlan, 'body'>): boolean =>
  (body.Cmd !== undefined || body.Entrypoint !== undefined) &&
  Object.keys({ ...body.ExposedPorts, ...body.HostConfig.PortBindings }).length === 0;

/** TCP ports that others reach: what listens on the loopback alone is its own affair. */
export async function openPorts(inside: Inside): Promise<readonly number[]> {
  const listeners = await inside.listeners();
  return listeners
    .filter(({ protocol, address }) => protocol === 'tcp' && !/^127\.|^::1$/.test(address))
    .map(({ port }) => port);
}
