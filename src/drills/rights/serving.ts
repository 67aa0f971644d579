import type { ServicePlan } from '../../stack/plan.ts';
import type { Lab, Subject, World } from '../lab.ts';

/** Whether it did its work, under whatever was changed for a trial. */
export interface Serving {
  readonly ok: boolean;
  /** Undefined where it did not become ready. */
  readonly readyMs: number | undefined;
  /** What told that it was ready: `health test`, `port`, `running`. */
  readonly by: string;
  readonly asked: number;
  readonly answered: number;
  /** Status codes that were seen, ascending, each once. */
  readonly statuses: readonly number[];
  /** Where it did not: what was seen last. */
  readonly because: string | undefined;
}

/** Each request is sent so often: the first may be answered before a lazy part of the service was ever used. */
const times = 3;
/** Some say that they are well a moment before their port is open (Postgres while it sets itself up). */
const openingMs = 15_000;
/** A service that listens nowhere is ready when it runs: one that dies of what it lacks has done so by then. */
const settleMs = 2000;

/** What a service does every few seconds it is seen to do at least once, in ms. */
export const watchedMs = 8000;

/** How long we wait until a service is ready, in ms: what its file allows for, and enough beside that for a busy machine. */
export function patienceFor({ body }: ServicePlan): number {
  return 90_000 + (body.Healthcheck?.StartPeriod ?? 0) / 1e6;
}

/** It becomes ready within its time, answers its requests, and still runs afterwards, never restarted. */
export async function serving(lab: Lab, { subject }: World, readyMs: number): Promise<Serving> {
  const ready = await subject.ready(readyMs);
  const seen = { readyMs: ready.ok ? ready.ms : undefined, by: ready.by };
  if (!ready.ok)
    return { ...seen, ok: false, asked: 0, answered: 0, statuses: [], because: ready.because ?? 'it was not ready' };
  const { asked, answered, statuses, ...rest } = await askedIn(lab, subject, readyMs);
  let { because } = rest;
  if (asked === 0) await lab.wait(settleMs);
  const { state, restartCount } = await subject.container.inspect();
  if (state.status !== 'running') because = `it ended with code ${state.exitCode}${await lastWords(subject)}`;
  else if (restartCount > 0) because = `it was restarted ${restartCount} times${await lastWords(subject)}`;
  const ok = because === undefined;
  return { ...seen, ok, asked, answered, statuses: [...statuses].sort((a, b) => a - b), because };
}

/**
 * It serves, and still does `ms` later: what a timer does, or what is done behind an answer, shows only then. Asked again in
 * the end.
 */
export async function servingOn(lab: Lab, world: World, readyMs: number, ms: number): Promise<Serving> {
  const first = await serving(lab, world, readyMs);
  if (!first.ok) return first;
  const { container } = world.subject;
  await lab.wait(ms);
  // One that is gone is told as such at once; a probe that fails once may have met a busy moment.
  const isThere = (await container.inspect()).state.status === 'running';
  const again = await serving(lab, world, isThere ? Math.max(10_000, 2 * (first.readyMs ?? 0)) : 1000);
  return {
    ...first,
    ok: again.ok,
    asked: first.asked + again.asked,
    answered: first.answered + again.answered,
    statuses: [...new Set([...first.statuses, ...again.statuses])].sort((a, b) => a - b),
    because: again.because,
  };
}

/** It was started once and still runs, well or not: what it is, is what it stays. */
export async function runsOn({ subject }: World): Promise<boolean> {
  const { state, restartCount } = await subject.container.inspect();
  return state.status === 'running' && restartCount === 0;
}

type Asked = Pick<Serving, 'asked' | 'answered' | 'because'> & { readonly statuses: Iterable<number> };

async function askedIn(lab: Lab, subject: Subject, readyMs: number): Promise<Asked> {
  const { requestsAreStated, protocol, kinds } = lab.settings;
  // Streams do not end: they are asked as a load asks them.
  if (kinds.every((kind) => kind === 'websocket' || kind === 'sse')) return streamed(subject);
  // Without a request of its own, a service that does not speak HTTP is asked by connecting to it.
  const requests = requestsAreStated && protocol === 'http' ? lab.settings.requests : [undefined];
  const statuses = new Set<number>();
  let asked = 0;
  let answered = 0;
  let because: string | undefined;
  for (const request of requests)
    for (let time = 0; time < times; time++) {
      let answer = await subject.ask(request);
      if (!answer) break;
      if (asked === 0 && !answer.ok && answer.status === undefined)
        await lab.until(Math.min(openingMs, readyMs), async () => {
          answer = await subject.ask(request);
          return answer?.ok === true || answer?.status !== undefined;
        });
      // A machine that is busy for a moment is no fault of the service.
      if (!answer.ok && answer.status === undefined) answer = (await subject.ask(request)) ?? answer;
      asked++;
      if (answer.status !== undefined) statuses.add(answer.status);
      if (answer.ok) answered++;
      else because = `${named(request)} was answered with ${answer.status ?? 'nothing'}`;
    }
  return { asked, answered, statuses, because };
}

async function streamed(subject: Subject): Promise<Asked> {
  if (!(await subject.address())) return { asked: 0, answered: 0, statuses: [], because: undefined };
  const { total, statuses } = await (await subject.load({ seconds: 2, rate: 4 })).result;
  const asked = total.planned;
  const because =
    total.answered === asked ? undefined : `${asked - total.answered} of ${asked} streams were not answered`;
  return { asked, answered: total.answered, statuses: Object.keys(statuses).map(Number), because };
}

/** What is wrong after a change that was not wrong before; undefined where it serves as it did. */
export function faultAfter(before: Serving, after: Serving): string | undefined {
  if (!after.ok) return after.readyMs === undefined ? `it does not become ready: ${after.because}` : after.because;
  const usual = before.statuses.join(', ');
  // A server that takes connections and answers none looks like one that does not speak HTTP.
  if (before.statuses.length > 0 && after.statuses.length === 0) return `it answers nothing where it answered ${usual}`;
  const other = after.statuses.find((status) => !before.statuses.includes(status));
  return other === undefined ? undefined : `it answers ${other} where it answered ${usual || 'nothing'}`;
}

/** For a summary: without the service's last words but the very last of them. */
export function inBrief(because: string | undefined): string {
  const [what = '', words = ''] = (because ?? 'nobody knows why').split('; it last said: ');
  const last = words.trim().split('\n').at(-1)?.trim() ?? '';
  return last === '' ? what : `${what} (${last.length > 160 ? `${last.slice(0, 159)}…` : last})`;
}

/** How it was seen to serve, for evidence: `3 of 3 requests answered (200)`. */
export function toldOf({ by, asked, answered, statuses }: Serving): string {
  if (asked === 0) return by === 'running' ? 'keeps running; it listens nowhere' : `ready by its ${by}`;
  const codes = statuses.length > 0 ? ` (${statuses.join(', ')})` : '';
  return `${answered} of ${asked} requests answered${codes}`;
}

async function lastWords({ container }: World['subject']): Promise<string> {
  const log = (await container.logs({ tail: 3 }).catch(() => '')).trim();
  return log === '' ? '' : `; it last said: ${log.split('\n').slice(-2).join('\n')}`;
}

function named(request: { readonly method: string; readonly path: string } | undefined): string {
  return request ? `${request.method} ${request.path}` : 'a request';
}
