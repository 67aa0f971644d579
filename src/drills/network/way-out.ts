import type { Inside } from '../../inside/client.ts';
import type { Reach } from '../../inside/protocol.ts';
import type { Lab } from '../lab.ts';

/**
 * An address beyond the engine's networks that answers in one way to a container that may go out, and in another to one
 * that may not. That it answers at all, be it with a refusal, shows that a packet got there.
 */
export interface Beyond {
  readonly host: string;
  readonly port: number;
  readonly what: string;
  readonly fromOpen: Reach;
  readonly fromInternal: Reach;
}

/** The kernel gives up an address that nobody has after 3 s (measured: 3.07 s). */
const patienceMs = 4000;

const gatewayPorts = [443, 80, 53, 22];
const publicHosts = [
  { host: '1.1.1.1', port: 443 },
  { host: '8.8.8.8', port: 53 },
  { host: '9.9.9.9', port: 53 },
];

/**
 * Two helpers find it, one on an ordinary network of its own and one on an internal one: the gateway of the engine's
 * machine, else a resolver that everybody knows. None where no way out was seen: a machine without a network. `asked`: what
 * was tried, and what came of it.
 *
 * Judged by connecting, never by routes: on Engine 20.10 an internal network has a default route, too, and what goes to it is
 * dropped on the way. Addresses of the engine's own machine tell nothing, since internal networks reach those as well.
 */
export async function findBeyond(lab: Lab): Promise<{ readonly beyond?: Beyond; readonly asked: readonly string[] }> {
  const [open, internal, gateway] = await Promise.all([
    lab.apart('open'),
    lab.apart('internal'),
    gatewayOf(await lab.host()),
  ]);
  const near =
    gateway === undefined
      ? []
      : gatewayPorts.map((port) => ({ host: gateway, port, what: `the gateway of the engine's machine` }));
  const far = publicHosts.map((one) => ({ ...one, what: 'the Internet' }));
  const asked = new Set<string>();
  // A packet that is lost on a busy machine must not decide: those nearby are asked again.
  for (const candidates of [near, near, far, near]) {
    const answers = await Promise.all(
      candidates.map(async (one) => ({
        ...one,
        fromOpen: await open.reach(one.host, one.port, patienceMs),
        fromInternal: await internal.reach(one.host, one.port, patienceMs),
      })),
    );
    const telling = answers.find(({ fromOpen, fromInternal }) => fromOpen !== 'timeout' && fromOpen !== fromInternal);
    for (const one of answers) asked.add(`${one.host}:${one.port}, ${one.what}: ${one.fromOpen}`);
    if (telling) return { beyond: telling, asked: [...asked] };
  }
  return { asked: [...asked] };
}

/** Whether what this helper stands in gets out to it; asked twice, since silence proves less than an answer. */
export async function getsOut(
  inside: Inside,
  { host, port, fromOpen }: Beyond,
): Promise<{ readonly out: boolean; readonly reach: Reach }> {
  let reach: Reach = 'timeout';
  for (let time = 0; time < 2; time++) {
    reach = await inside.reach(host, port, patienceMs);
    const out = reach === 'open' || reach === 'refused' || (reach === 'unreachable' && fromOpen === 'unreachable');
    if (out) return { out, reach };
  }
  return { out: false, reach };
}

/** The next hop of the machine, as the engine's process has it. */
async function gatewayOf(host: Inside): Promise<string | undefined> {
  const engine = (await host.processes()).find(({ name }) => name === 'dockerd' || name === 'podman');
  const routes = await host.read(`/proc/${engine?.pid ?? 1}/net/route`, 100_000).catch(() => undefined);
  return routes === undefined ? undefined : defaultGateway(routes);
}

/** From `/proc/net/route`, where addresses are in the machine's order of bytes: `0123FA0A` is 10.250.35.1. */
export function defaultGateway(routes: string): string | undefined {
  for (const line of routes.split('\n')) {
    const [, destination, gateway, flags] = line.trim().split(/\s+/);
    const isGateway = (Number.parseInt(flags ?? '0', 16) & 2) !== 0;
    if (destination !== '00000000' || !isGateway || !/^[0-9A-F]{8}$/i.test(gateway ?? '')) continue;
    return gateway!
      .match(/../g)!
      .map((byte) => Number.parseInt(byte, 16))
      .reverse()
      .join('.');
  }
  return undefined;
}
