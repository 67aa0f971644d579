import type { HttpRequest, LoadKind, LoadResult } from '../../inside/protocol.ts';
import type { Lab, LoadOptions, Subject } from '../lab.ts';
import type { DrillSettings } from '../settings.ts';

export const slowRequests = 'slow requests';

/** A load that a service answers without a loss while nothing happens to it. */
export interface BearableLoad {
  readonly options: Pick<LoadOptions, 'kinds' | 'rate' | 'requests' | 'timeoutMs'>;
  /** What had to be left out: `slow requests`. Empty where it bears all. */
  readonly leftOut: readonly string[];
}

/**
 * Looks for it by trying, 2 s each: as the settings say; without slow requests, which block a server that reads one at a
 * time (Python's http.server) for everybody else; without them and at a fifth of the rate. Else the last result.
 *
 * Where slow ones hold up the others, that is no load to stop it under: whoever waits in the queue of the listener is reset
 * when that closes, and none of them was ever taken.
 */
export async function loadItBears(lab: Lab, subject: Subject): Promise<BearableLoad | LoadResult> {
  const { settings } = lab;
  const base = { requests: stopRequests(settings), timeoutMs: 20_000 };
  const quick = settings.kinds.filter((kind) => kind !== 'slow');
  const slower = Math.max(1, Math.round(settings.rate / 5));
  const asTold = { ...base, rate: settings.rate };
  const canDoWithout = settings.protocol === 'http' && quick.length < settings.kinds.length && quick.length > 0;
  const without: { kinds?: readonly LoadKind[] } = canDoWithout ? { kinds: quick } : {};
  const attempts: BearableLoad[] = [
    { options: asTold, leftOut: [] },
    ...(canDoWithout ? [{ options: { ...asTold, ...without }, leftOut: [slowRequests] }] : []),
    {
      options: { ...base, ...without, rate: slower },
      leftOut: [...(canDoWithout ? [slowRequests] : []), `more than ${slower} requests a second`],
    },
  ];
  let last: LoadResult | undefined;
  let slowed: { readonly load: BearableLoad; readonly result: LoadResult } | undefined;
  for (const attempt of attempts) {
    lab.signal.throwIfAborted();
    const running = await subject.load({ ...attempt.options, seconds: 2 });
    lab.waited(2000);
    last = await running.result;
    if (!isWell(last)) continue;
    const load = { ...attempt, options: { ...attempt.options, timeoutMs: patienceMs(last) } };
    if (slowed) return holdsUp(slowed.result, last) ? load : slowed.load;
    if (!canDoWithout || attempt !== attempts[0] || last.latency.p50 < 100) return load;
    slowed = { load, result: last };
  }
  return slowed?.load ?? last!;
}

/** Whether requests were answered late because of slow ones among them; `without` them is what it takes by itself. */
export const holdsUp = (
  { latency }: Pick<LoadResult, 'latency'>,
  { latency: without }: Pick<LoadResult, 'latency'>,
): boolean => latency.p50 > 1.5 * without.p50 + 75;

/** When to give up on an answer: several times as long as the longest took, since a machine may get busier. */
const patienceMs = ({ latency }: LoadResult): number => Math.min(30_000, Math.max(4000, 4 * latency.max));

/**
 * All answered, and no later in the second second than in the first: a queue that grows is lost at any stop. Slow requests
 * take a second, and are none of the first second's answers.
 */
export function isWell({ total, seconds, byKind }: Pick<LoadResult, 'total' | 'seconds' | 'byKind'>): boolean {
  const [first, second] = seconds;
  const grewMs = first?.answered && second?.answered ? second.p50 - first.p50 : 0;
  const isSteady = grewMs < (byKind.slow ? 1500 : 500);
  return total.answered > 0 && total.lost === 0 && total.refused === 0 && isSteady;
}

/**
 * Where the file names no request, load asks the health route. It is meant to say 503 once the service was told to stop: to
 * a request that is an answer, not a loss. Statuses below 500 are answers everywhere.
 */
export function stopRequests({ requests, requestsAreStated, readiness }: DrillSettings): readonly HttpRequest[] {
  if (requestsAreStated) return requests;
  const answers = [...Array.from({ length: 400 }, (_, index) => 100 + index), 503];
  return requests.map((request) => (request.path === readiness ? { ...request, expect: answers } : request));
}
