import type { LoadCount, LoadResult } from '../../inside/protocol.ts';
import type { Evidence, Outcome } from '../../vocabulary/drill.ts';
import { shownSeconds } from '../shown-seconds.ts';
import { type Ending, endingFault } from './ending.ts';
import { type LameDuck, lameDuckOf } from './lame-duck.ts';
import { signalName } from './signals.ts';
import { adviceFor, lameDuckAdvice, speaksHttp } from './stop-advice.ts';

/** What was seen when a service was told to stop under load. */
export interface StopSeen {
  readonly signal: string;
  readonly graceSeconds: number;
  readonly ending: Ending;
  readonly load: LoadResult;
  /** When the signal was sent, in ms since the load began. */
  readonly toldMs: number;
  /** The latest time in the load that was before it for certain, by two clocks. */
  readonly surelyBeforeMs: number;
  readonly noticeMs: number;
  readonly balancerRetries: boolean;
  /** See `machineSlack`. */
  readonly slack: number;
  /** The route that tells readiness, where one is known. */
  readonly readiness: string | undefined;
}

export interface StopVerdict {
  readonly outcome: Outcome;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly advice: readonly string[];
}

/** Judges a stop under load. */
export function stopVerdict(seen: StopSeen): StopVerdict {
  const { load, ending, graceSeconds, signal } = seen;
  const { total } = load;
  const duck = lameDuckOf(load, seen.toldMs, seen.noticeMs);
  const evidence = evidenceOf(seen, duck);
  const early = load.losses.filter(({ atMs }) => atMs < seen.surelyBeforeMs).length;
  if (early > 0)
    return {
      outcome: 'inconclusive',
      summary: `It lost ${requests(early)} before it was told to stop: what the stop would have cost cannot be told apart`,
      evidence,
      advice: [],
    };
  const turnedAway = !seen.balancerRetries && total.refused > 0;
  const faults = [
    ...(total.lost > 0 ? [`lost ${total.lost} of ${requests(total.sent)} (${lossesIn(load)})`] : []),
    ...(turnedAway
      ? [`refused ${connections(total.refused)} before a balancer could notice, and this one does not try elsewhere`]
      : []),
    ...[endingFault(ending, graceSeconds)].filter((fault) => fault !== undefined),
  ];
  // Our own slowness is nobody's fault: a helper that was late, or had no more sockets, cannot tell what it saw from what it did.
  const ours = load.starved > 0 || load.maxLagMs > 2000 || isNoticedLate(seen, duck);
  const isStopFault = endingFault(ending, graceSeconds) !== undefined;
  if (faults.length > 0 && ours && !isStopFault)
    return {
      outcome: 'inconclusive',
      summary: `This machine was too busy to tell: it lost ${requests(total.lost)}, but load came up to ${shownSeconds(load.maxLagMs)} late, and the balancer noticed ${duck.noticedMs === undefined ? 'never' : `after ${shownSeconds(duck.noticedMs)}`}`,
      evidence,
      advice: [],
    };
  const refusedToo =
    total.refused > 0 && !turnedAway ? `; ${connections(total.refused)} refused, which a balancer tries elsewhere` : '';
  if (faults.length > 0) {
    const summary = `Told to stop (${signal}), it ${faults.join(', and ')}${refusedToo}`;
    return { outcome: 'broke', summary, evidence, advice: adviceFor(seen, duck) };
  }
  const summary = `It answered all ${requests(total.sent)} and left with code ${ending.exitCode}, ${shownSeconds(ending.ms)} after ${signal} (grace: ${graceSeconds} s)${refusedToo}`;
  return {
    outcome: 'held',
    summary,
    evidence,
    advice: total.refused > 0 && speaksHttp(load) ? [lameDuckAdvice(seen, duck)] : [],
  };
}

/**
 * A service may count on a balancer that notices in time; on a machine where three wait for each CPU, ours may not. But one
 * that falls silent lets its balancer wait for an answer as it lets the others: that is no lateness of ours.
 */
const isNoticedLate = ({ slack, noticeMs, load }: StopSeen, { noticedMs = 0 }: LameDuck): boolean =>
  slack >= 3 && noticedMs > noticeMs + 500 && !load.losses.some(({ reason }) => reason === 'timeout');

function evidenceOf(seen: StopSeen, duck: LameDuck): Evidence[] {
  const { load, ending, graceSeconds } = seen;
  const { total } = load;
  const open = duck.refusedMs;
  return [
    { name: 'requests sent', value: total.sent },
    { name: 'requests answered', value: total.answered },
    { name: 'requests lost', value: total.lost },
    ...(total.lost > 0 ? [{ name: 'losses', value: lossesIn(load) }] : []),
    { name: 'connections refused', value: total.refused },
    ...(total.retried > 0 ? [{ name: 'sent again on a fresh connection', value: total.retried }] : []),
    { name: 'load', value: Object.entries(load.byKind).map(([kind, count]) => byKind(kind, count)) },
    { name: 'time to exit', value: Math.round(ending.ms), unit: 'ms' },
    { name: 'grace period', value: graceSeconds, unit: 's' },
    { name: 'exit code', value: ending.exitCode },
    ...(ending.signals.length > 0
      ? [{ name: 'signals that the engine sent', value: ending.signals.map(signalName) }]
      : []),
    ...(open === undefined ? [] : [{ name: 'listener open after the signal', value: Math.round(open), unit: 'ms' }]),
    duck.noticedMs === undefined
      ? { name: 'balancer noticed', value: false }
      : { name: 'balancer noticed after', value: Math.round(duck.noticedMs), unit: 'ms' },
    { name: 'lame-duck delay that loses nothing', value: duck.neededMs, unit: 'ms' },
  ];
}

const byKind = (kind: string, { sent, answered, lost, refused }: LoadCount): string =>
  `${kind}: ${sent} sent, ${answered} answered, ${lost} lost, ${refused} refused`;

/** What a client saw, and how often: by the losses that the load kept (the first 50). */
export function lossesIn({ losses }: Pick<LoadResult, 'losses'>): string {
  const counts = new Map<string, number>();
  for (const { reason, status } of losses) {
    const word = reason === 'status' ? `status ${status ?? '?'}` : reasons[reason];
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const most = losses.length >= 50 ? 'of the first 50: ' : '';
  return most + [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

const reasons = {
  reset: 'reset',
  closed: 'closed without an answer',
  garbled: 'answered in no HTTP',
  timeout: 'never answered',
  cut: 'cut off in the middle of the answer',
} as const;

const requests = (count: number) => `${count} ${count === 1 ? 'request' : 'requests'}`;
const connections = (count: number) => `${count} ${count === 1 ? 'connection' : 'connections'}`;
