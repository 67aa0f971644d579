import type { LoadResult } from '../../inside/protocol.ts';
import { printBytes } from '../../vocabulary/bytes.ts';
import type { Evidence } from '../../vocabulary/drill.ts';
import type { Lab, Subject } from '../lab.ts';
import { endedHow, type Standing, standingOf } from '../standing.ts';
import { grewAllTheTime, growsEvenly, standsStill } from './growth.ts';

/** It lasts so many windows at most; it ends as soon as memory stands still. */
const windows = 12;
const windowSeconds = 4;
/** A leak that is slow against the limit shows at so many times the rate, where the service bears that. */
const harder = 3;
const easyMs = 50;

export interface Worked {
  readonly peak: number;
  readonly evidence: readonly Evidence[];
  readonly fault?: string;
  readonly advice?: readonly string[];
}

interface Watched {
  /** Undefined for one without a port, which works without being asked. */
  readonly load: LoadResult | undefined;
  readonly rate: number;
  readonly marks: readonly number[];
  readonly peak: number;
  readonly before: Standing;
  readonly now: Standing;
}

/** Its own work, asked for by its own requests where it has a port: whether its memory comes to a stand below the limit. */
export async function underOwnLoad(lab: Lab, subject: Subject, limit: number): Promise<Worked> {
  const rate = lab.settings.rate * 2;
  const first = await watched(lab, subject, limit, rate);
  const fault = faultOf(first, subject, limit);
  const evidence = evidenceOf(first, subject, limit);
  const isFull = first.marks.length === windows;
  if (fault || !isFull || !growsEvenly(first.marks) || !bears(first.load, easyMs))
    return { peak: first.peak, evidence, ...fault };
  const second = await watched(lab, subject, limit, rate * harder);
  const told = [...evidence, { name: `memory at ${rate * harder} requests a second`, value: shownMarks(second.marks) }];
  const peak = Math.max(first.peak, second.peak);
  // What is under way at once takes memory as well: of a service that cannot keep up its growth says nothing.
  return { peak, evidence: told, ...(bears(second.load, 1000) ? faultOf(second, subject, limit) : {}) };
}

async function watched(lab: Lab, subject: Subject, limit: number, rate: number): Promise<Watched> {
  const hasPort = (await subject.address()) !== undefined;
  lab.step(
    hasPort ? `${rate} requests a second, until memory stands still` : 'its own work, until memory stands still',
  );
  const before = await standingOf(subject);
  // It is stopped in the end: on a busy machine looking takes longer, and must not go on when the load is over.
  const load = hasPort ? await subject.load({ seconds: 3 * windows * windowSeconds, rate }) : undefined;
  const marks: number[] = [];
  let peak = 0;
  try {
    for (let window = 0; window < windows; window++) {
      const seen: number[] = [];
      const ends = performance.now() + windowSeconds * 1000;
      while (performance.now() < ends) {
        await lab.wait(250);
        const { memoryBytes } = await subject.cgroup().catch(() => ({ memoryBytes: 0 }));
        seen.push(memoryBytes);
      }
      peak = Math.max(peak, ...seen);
      const there = seen.filter((bytes) => bytes > 0);
      if (there.length > 0) marks.push(Math.min(...there));
      const { life } = await standingOf(subject);
      if (life !== before.life || standsStill(marks, limit)) break;
    }
  } finally {
    await load?.stop();
  }
  return { load: await load?.result, rate, marks, peak, before, now: await standingOf(subject) };
}

const killsOf = (subject: Subject): number => subject.events().filter(({ action }) => action === 'oom').length;

function faultOf(
  { load, rate, marks, before, now }: Watched,
  subject: Subject,
  limit: number,
): { readonly fault: string; readonly advice: readonly string[] } | undefined {
  const under = load ? `Under ${rate} requests a second` : 'By its own work';
  const kills = killsOf(subject);
  if (now.life !== before.life || now.state.status !== 'running' || kills > 0) {
    const died = subject.events().findLast(({ action }) => action === 'die');
    const how =
      died?.exitCode === undefined
        ? endedHow(now.state)
        : endedHow({ ...now.state, exitCode: died.exitCode, oomKilled: kills > 0 });
    const after = load ? ` after ${load.total.answered} answers` : '';
    // It may have ended by a limit of its own, such as V8's, before the kernel's.
    const what = kills > 0 || now.state.oomKilled ? `it reached its limit of ${printBytes(limit)}` : 'it ended';
    return {
      fault: `${under} ${what}${after}: ${how}`,
      advice: [`mem_limit above ${printBytes(limit)}, or less memory held per ${load ? 'request' : 'piece of work'}`],
    };
  }
  if (marks.length < windows || !grewAllTheTime(marks, limit)) return undefined;
  const perSecond = (marks.at(-1)! - marks[2]!) / ((windows - 3) * windowSeconds);
  const left = Math.round((limit - marks.at(-1)!) / perSecond);
  return {
    fault: `${under} its memory grew all the time, from ${printBytes(marks[0]!)} to ${printBytes(marks.at(-1)!)} in ${windows * windowSeconds} s: the limit is reached after about ${left} s more`,
    advice: [
      load ? 'find what is kept after a request is answered' : 'find what is kept after a piece of work is done',
    ],
  };
}

function evidenceOf({ load, marks, peak }: Watched, subject: Subject, limit: number): Evidence[] {
  return [
    { name: 'highest memory under its own load', value: peak, unit: 'bytes' },
    { name: 'headroom', value: Math.round((1 - peak / limit) * 100), unit: '%' },
    { name: `memory left by collection, every ${windowSeconds} s`, value: shownMarks(marks) },
    ...(load ? [{ name: 'requests answered', value: load.total.answered }] : []),
    { name: 'kernel kills for memory', value: killsOf(subject) },
  ];
}

const shownMarks = (marks: readonly number[]): string[] => marks.map((bytes) => printBytes(bytes));

/** Nearly all was answered, and in time. Nobody asks one without a port. */
function bears(load: LoadResult | undefined, ms: number): boolean {
  return load === undefined || (load.total.answered >= load.total.planned * 0.98 && load.latency.p90 < ms);
}
