import { resolveName } from '../net/resolve.ts';
import type { Wire } from '../net/wire.ts';
import type { LoadKind, LoadResult, LoadSpec } from '../protocol.ts';
import { balancer } from './balancer.ts';
import type { Driver, Job } from './driver.ts';
import { eventStreamDriver } from './event-stream.ts';
import { keepAliveDriver } from './keep-alive.ts';
import { Ledger } from './ledger.ts';
import { openLoop } from './open-loop.ts';
import { freshDriver, slowDriver } from './single.ts';
import { tcpDriver } from './tcp.ts';
import { websocketDriver } from './websocket.ts';

export interface RunningLoad {
  /** When all is over: at the latest `timeoutMs` after the last request was sent. */
  readonly result: Promise<LoadResult>;
  /** Sends nothing more. */
  stop(): void;
}

const drivers: Readonly<Record<LoadKind, (job: Job) => Driver>> = {
  fresh: freshDriver,
  slow: slowDriver,
  'keep-alive': keepAliveDriver,
  websocket: websocketDriver,
  sse: eventStreamDriver,
  tcp: tcpDriver,
};

/** Rejects for a load that makes no sense, or a host that nobody knows; never for what the service does. */
export async function runLoad(spec: LoadSpec): Promise<RunningLoad> {
  check(spec);
  // Once: a name asked for at each request would measure the resolver.
  const [host] = await resolveName(spec.host);
  if (host === undefined) throw new Error(`nobody knows the name "${spec.host}"`);
  const to = { host, port: spec.port, tls: spec.tls ?? false };
  const ledger = new Ledger(performance.now(), spec.timeoutMs);
  const now = () => ledger.now();
  const wires = new Set<Wire>();
  const running = spec.parts.map((part) => ({ part, driver: drivers[part.kind]({ to, part, wires, now }) }));

  let end = () => {};
  const isOver = new Promise<void>((resolve) => {
    end = resolve;
  });
  let noticedMs: number | undefined;
  const stopSending = openLoop(
    running.map(({ part, driver }) => ({
      rate: part.rate,
      fire: (intendedMs) => driver.fire(ledger.plan(part.kind, intendedMs)),
    })),
    now,
    spec.seconds * 1000,
    end,
  );
  let silence: NodeJS.Timeout | undefined;
  const stopLooking =
    spec.notice &&
    balancer(to, spec.notice, () => {
      noticedMs = now();
      stopSending();
      // Nothing more is sent, and connections are kept: the load goes on in silence until its time is over.
      silence = setTimeout(end, spec.seconds * 1000 - now());
    });

  async function finish(): Promise<LoadResult> {
    await isOver;
    clearTimeout(silence);
    stopSending();
    stopLooking?.();
    for (const { driver } of running) driver.ending?.();
    await ledger.settled();
    for (const { driver } of running) driver.close?.();
    for (const wire of wires) wire.close();
    return ledger.result(noticedMs);
  }
  return { result: finish(), stop: end };
}

function check({ parts, seconds, timeoutMs, port, notice }: LoadSpec): void {
  const wrong = (what: string) => new RangeError(`a load with ${what}`);
  if (parts.length === 0) throw wrong('nothing to send');
  for (const { rate, kind, connections = 1 } of parts) {
    if (!(rate > 0 && rate <= 100_000)) throw wrong(`${rate} requests a second`);
    if (!Object.hasOwn(drivers, kind)) throw wrong(`requests of the kind "${kind}"`);
    if (!(Number.isInteger(connections) && connections > 0)) throw wrong(`${connections} connections`);
  }
  if (!(seconds > 0 && seconds <= 86_400)) throw wrong(`${seconds} seconds`);
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) throw wrong(`a timeout of ${timeoutMs} ms`);
  if (!(Number.isInteger(port) && port > 0 && port < 65_536)) throw wrong(`port ${port}`);
  if (notice && !(notice.everyMs > 0 && notice.fall >= 1 && notice.timeoutMs > 0))
    throw wrong('a balancer that never looks');
}
