import type { Reach } from '../../inside/protocol.ts';
import type { ServicePlan } from '../../stack/plan.ts';
import type { Subject, World } from '../lab.ts';

/** One port of another service, tried from inside the one under test. */
export interface Tried {
  readonly service: string;
  readonly port: number;
  /** Both are on a network that the file puts them on. */
  readonly shares: boolean;
  readonly reach: Reach;
}

/** Each address of each other service, on every port that it listens on. */
export async function tryNeighbours({ subject, others }: World): Promise<readonly Tried[]> {
  const inside = await subject.inside();
  const tried = await Promise.all(
    [...others.values()].map(async (other) => {
      const { addresses, ports } = await whereItListens(other);
      const shares = shareNetwork(subject.plan, other.plan);
      return Promise.all(
        ports.map(async (port): Promise<Tried> => {
          const all = await Promise.all(addresses.map((address) => inside.reach(address, port, 2500)));
          const reach = all.find((one) => one === 'open') ?? all[0] ?? 'unreachable';
          return { service: other.name, port, shares, reach };
        }),
      );
    }),
  );
  return tried.flat();
}

async function whereItListens(other: Subject): Promise<{ addresses: readonly string[]; ports: readonly number[] }> {
  const { state, networks } = await other.container.inspect();
  if (state.status !== 'running') return { addresses: [], ports: [] };
  const listeners = await (await other.inside()).listeners();
  const addresses = Object.values(networks).flatMap(({ ip }) => (ip === '' ? [] : [ip]));
  return { addresses, ports: openPorts(listeners) };
}

/** TCP ports that others could reach, ascending. */
export function openPorts(
  listeners: readonly { readonly protocol: string; readonly address: string; readonly port: number }[],
): number[] {
  const open = listeners.filter(
    ({ protocol, address }) => protocol === 'tcp' && !/^127\.|^::1$|^::ffff:127\./.test(address),
  );
  return [...new Set(open.map(({ port }) => port))].sort((a, b) => a - b);
}

export function shareNetwork(one: ServicePlan, other: ServicePlan): boolean {
  if (lendsNetwork(one) === other.name || lendsNetwork(other) === one.name) return true;
  if (lendsNetwork(one) !== undefined && lendsNetwork(one) === lendsNetwork(other)) return true;
  return one.networks.some(({ key }) => other.networks.some((network) => network.key === key));
}

/** The service in whose network it lives: `network_mode: service:db`. */
function lendsNetwork({ body }: ServicePlan): string | undefined {
  return /^service:(.+)$/.exec(body.HostConfig.NetworkMode ?? '')?.[1];
}
