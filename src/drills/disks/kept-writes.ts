import type { HttpRequest, LoadResult } from '../../inside/protocol.ts';
import type { Evidence } from '../../vocabulary/drill.ts';
import type { Lab, RunningLoad, Subject } from '../lab.ts';

const windowSeconds = 2;
/** With fewer answers it could be chance. */
const fewestAnswers = 20;
/** A queue in memory may be written when there is room again. */
const caughtUpWithinMs = 8000;

/** What a service answers to requests that ask it to keep something, against what its files grow by. */
export interface Keeping {
  readonly requests: readonly HttpRequest[];
  /** Bytes that one answer adds, measured twice while there is room. */
  readonly bytesEach: number;
}

/**
 * Requests that change something, which only the file can name: one that is answered with 2xx is a promise (RFC 9110, 9.3.3
 * and 15.3). A GET promises nothing, and may well be counted or logged as far as there is room.
 */
export const promises = ({ settings }: Pick<Lab, 'settings'>): readonly HttpRequest[] =>
  settings.requestsAreStated ? settings.requests.filter(({ method }) => /^(?:POST|PUT|PATCH)$/i.test(method)) : [];

/** Undefined where what it keeps does not grow evenly with its answers: in a fixed place, or not in these volumes. */
export async function keepingOf(lab: Lab, subject: Subject, targets: readonly string[]): Promise<Keeping | undefined> {
  const requests = promises(lab);
  if (requests.length === 0 || lab.settings.protocol !== 'http') return undefined;
  lab.step('its own load, measuring what it keeps');
  const first = await growth(lab, subject, requests, targets);
  const second = await growth(lab, subject, requests, targets);
  if (first === undefined || second === undefined || first < 1 || !isLike(second, first)) return undefined;
  return { requests, bytesEach: (first + second) / 2 };
}

/** What it promised while its disk was full, and did not keep; undefined where it kept it, or that cannot be told. */
export async function brokenPromises(
  lab: Lab,
  subject: Subject,
  keeping: Keeping,
  seen: { readonly targets: readonly string[]; readonly bytesBefore: number; readonly load: LoadResult },
  evidence: Evidence[],
): Promise<string | undefined> {
  const promised = wellAnswered(seen.load);
  if (promised < fewestAnswers) return undefined;
  let kept = 0;
  const isKept = await lab.until(
    caughtUpWithinMs,
    async () => {
      kept = ((await keptBytes(subject, seen.targets)) - seen.bytesBefore) / keeping.bytesEach;
      return kept >= promised * 0.5;
    },
    500,
  );
  if (isKept) return undefined;
  // Where files have reached the size that they keep, they say nothing.
  const after = await growth(lab, subject, keeping.requests, seen.targets);
  if (after === undefined || !isLike(after, keeping.bytesEach)) return undefined;
  const lost = promised - Math.max(0, Math.round(kept));
  evidence.push(
    { name: 'bytes that each answer adds', value: Math.round(keeping.bytesEach) },
    { name: 'answered with success while full', value: promised },
    { name: 'of these written', value: promised - lost },
  );
  return `With its disk full it answered ${promised} requests of ${methodsOf(keeping)} with success, and what ${lost} of them brought was never written`;
}

/** Of all volumes, as far as it is meant to be kept. Rejects when the service is not running. */
export async function keptBytes(subject: Subject, targets: readonly string[]): Promise<number> {
  const inside = await subject.inside();
  const sizes = await Promise.all(targets.map((target) => inside.weigh(`/proc/1/root${target}`)));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** One load at the service's own rate, of these requests alone. */
export const promiseLoad = (
  subject: Subject,
  { requests }: Pick<Keeping, 'requests'>,
  seconds: number,
): Promise<RunningLoad> => subject.load({ seconds, requests, kinds: ['fresh'] });

async function growth(
  lab: Lab,
  subject: Subject,
  requests: readonly HttpRequest[],
  targets: readonly string[],
): Promise<number | undefined> {
  const before = await keptBytes(subject, targets);
  const load = await promiseLoad(subject, { requests }, windowSeconds);
  lab.waited(windowSeconds * 1000);
  const answered = wellAnswered(await load.result);
  // What is written once a second is written by then.
  await lab.wait(1500);
  const after = await keptBytes(subject, targets);
  return answered < fewestAnswers ? undefined : (after - before) / answered;
}

const isLike = (one: number, other: number) => one > other * 0.7 && one < other * 1.4;

const wellAnswered = ({ statuses }: LoadResult): number =>
  Object.entries(statuses).reduce((sum, [status, count]) => (/^2/.test(status) ? sum + count : sum), 0);

const methodsOf = ({ requests }: Keeping): string => [...new Set(requests.map(({ method }) => method))].join(' and ');
