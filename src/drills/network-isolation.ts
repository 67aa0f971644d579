import type { Inside } from '../inside/client.ts';
import type { Evidence } from '../vocabulary/drill.ts';
import { broke, type Drill, held, inconclusive, type Told } from './drill.ts';
import type { Lab } from './lab.ts';
import { type Egress, egressOf } from './network/egress.ts';
import { openPorts, type Tried, tryNeighbours } from './network/neighbours.ts';
import { boundPorts, deadEnd, publishingFaults } from './network/published.ts';
import { type Beyond, findBeyond, getsOut } from './network/way-out.ts';
import { patienceFor, runsOn } from './rights/serving.ts';

/** Where clouds give out the machine's own credentials. */
const metadata = { host: '169.254.169.254', port: 80 };

/** After it is ready, in ms. */
const opensWithinMs = 15_000;

export const networkIsolation: Drill = {
  id: 'network-isolation',
  claim: 'It reaches only what the file says, and only published ports are open',
  why: 'Whoever takes over one container goes on from there: to every port that it reaches, and out with the data. A database needs no way out, and a port that nobody meant to publish is found within hours.',
  experiment:
    'Starts the whole project. From inside the service, tries every port that every other service listens on, and to connect to an address beyond the machine: its gateway, else a public resolver; nothing is sent. Two helpers show before that this address answers an ordinary network in another way than an internal one. Compares the ports that the engine has bound, and those that it listens on, with the file.',
  mission: ['DRL9', 'RUN13'],
  sources: [
    'https://docs.docker.com/compose/how-tos/networking/',
    'https://docs.docker.com/reference/compose-file/networks/#internal',
    'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
  ],
  attach: 'never',
  company: 'any',
  budget: () => 180,
  skip: (service) => (service.compose ? undefined : 'no Compose file says what it may reach'),
  async run(lab) {
    const egress = egressOf(lab.service, lab.project, lab.settings);
    lab.step('starting the whole project');
    const [world, { beyond, asked }] = await Promise.all([lab.world({ whole: true, ready: false }), findBeyond(lab)]);
    const ready = await world.subject.ready(patienceFor(lab.plan));
    const unwell = inconclusive(`The service did not become ready: ${ready.because ?? 'nobody knows why'}`);
    if (!ready.ok && !(await runsOn(world))) return unwell;
    lab.step('trying what it reaches');
    const inside = await world.subject.inside();
    const [tried, out, cloud, listeners] = await Promise.all([
      tryNeighbours(world),
      beyond && getsOut(inside, beyond),
      inside.reach(metadata.host, metadata.port, 1500),
      listenersOf(lab, inside),
    ]);
    const { raw } = await world.subject.container.inspect();
    const leadsNowhere = deadEnd(lab.plan, listeners);
    const told = judgeIsolation({
      egress,
      beyond,
      asked,
      isOut: out?.out,
      tried,
      faults: [
        ...publishingFaults(lab.plan, lab.service, boundPorts(raw)),
        ...(leadsNowhere === undefined ? [] : [leadsNowhere]),
      ],
      listens: openPorts(listeners),
      published: boundPorts(raw),
      hasMetadata: cloud === 'open',
    });
    // One that does not get ready may not have tried all yet: what it did was seen, what it did not proves nothing.
    return ready.ok || told.outcome === 'broke' ? told : unwell;
  },
};

/** What it listens on, once that is what the file publishes, or after a while: some open their port late. */
async function listenersOf(lab: Lab, inside: Inside): ReturnType<Inside['listeners']> {
  let seen = await inside.listeners();
  await lab.until(opensWithinMs, async () => {
    seen = await inside.listeners();
    return deadEnd(lab.plan, seen) === undefined;
  });
  return seen;
}

export interface Isolation {
  readonly egress: Egress;
  /** What stood for the world outside; undefined where none was found. */
  readonly beyond: Beyond | undefined;
  /** What was tried for that, and what came of it. */
  readonly asked: readonly string[];
  readonly isOut: boolean | undefined;
  readonly tried: readonly Tried[];
  readonly faults: readonly string[];
  readonly listens: readonly number[];
  readonly published: readonly string[];
  readonly hasMetadata: boolean;
}

export function judgeIsolation(seen: Isolation): Told {
  const { egress, beyond, isOut, tried, hasMetadata } = seen;
  const strangers = tried.filter(({ shares, reach }) => !shares && reach === 'open');
  const neighbours = tried.filter(({ shares, reach }) => shares && reach === 'open');
  const apart = tried.filter(({ shares }) => !shares);
  const names = (some: readonly Tried[]) => some.map(({ service, port }) => `${service}:${port}`);
  const evidence: Evidence[] = [
    { name: 'way out meant', value: `${egress.meant === 'none' ? 'no' : 'yes'}: ${egress.because}` },
    { name: 'way out', value: isOut === undefined ? 'could not be told: this machine has none itself' : isOut },
    { name: 'tried for that', value: beyond ? shown(beyond) : seen.asked },
    { name: 'reaches, on a network they share', value: names(neighbours) },
    { name: 'reaches, though they share none', value: names(strangers) },
    { name: 'ports tried where none is shared', value: apart.length },
    { name: 'published', value: seen.published },
    { name: 'listens on', value: seen.listens.map(String) },
    ...(hasMetadata ? [{ name: "the cloud's metadata service answers it", value: true }] : []),
  ];
  const leaks = egress.meant === 'none' && (isOut === true || hasMetadata);
  const faults = [
    ...(leaks ? [`it gets out of its networks, though ${egress.because}`] : []),
    ...(strangers.length > 0 ? [`it reaches ${names(strangers).join(', ')}, with which it shares no network`] : []),
    ...seen.faults,
  ];
  if (faults.length > 0) {
    const { open, stay } = egress;
    const advice = leaks && open !== undefined ? [`networks: { ${open}: { internal: true } }`] : [];
    if (leaks && stay) advice.push(`networks: [${stay.join(', ')}], and none beside`);
    if (seen.faults.some((fault) => fault.includes('every interface')))
      advice.push('ports: ["127.0.0.1:…"], or no ports at all: services on its network need none');
    return broke(
      `${faults[0]![0]!.toUpperCase()}${faults[0]!.slice(1)}${faults.length > 1 ? `; and ${faults.slice(1).join('; ')}` : ''}`,
      {
        evidence,
        advice,
      },
    );
  }
  if (egress.meant === 'none' && isOut === undefined)
    return inconclusive(
      'Nothing is wrong between its services; whether it can get out was not to be seen, since this machine has no way out itself',
      {
        evidence,
      },
    );
  const within =
    apart.length > 0
      ? `none of ${apart.length} ports of services that it shares no network with`
      : 'only services that it shares a network with';
  const wayOut = egress.meant === 'none' ? ', and there is no way out' : isOut ? '; it may go out, and does' : '';
  return held(`It reaches ${within}${wayOut}`, { evidence });
}

function shown({ host, port, what, fromOpen, fromInternal }: Beyond): string {
  return `${host}:${port}, ${what} (from an ordinary network: ${fromOpen}; from an internal one: ${fromInternal})`;
}
