<<<<<<< HEAD
import type { Lab, World } from './lab.ts';

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
/** A service that listens nowhere is ready when it runs: one that dies of what it lacks has done so by then. */
const settleMs = 2000;

/** It becomes ready within its time, answers its requests, and still runs afterwards, never restarted. */
export async function serving(lab: Lab, { subject }: World, readyMs: number): Promise<Serving> {
  const ready = await subject.ready(readyMs);
  const seen = { readyMs: ready.ok ? ready.ms : undefined, by: ready.by };
  if (!ready.ok)
    return { ...seen, ok: false, asked: 0, answered: 0, statuses: [], because: ready.because ?? 'it was not ready' };
  const requests = lab.settings.requestsAreStated ? lab.settings.requests : [undefined];
  const statuses = new Set<number>();
  let asked = 0;
  let answered = 0;
  let because: string | undefined;
  for (const request of requests)
    for (let time = 0; time < times; time++) {
      const answer = await subject.ask(request);
      if (!answer) break;
      asked++;
      if (answer.status !== undefined) statuses.add(answer.status);
      if (answer.ok) answered++;
      else because = `${named(request)} was answered with ${answer.status ?? 'nothing'}`;
    }
  if (asked === 0) await lab.wait(settleMs);
  const { state, restartCount } = await subject.container.inspect();
  if (state.status !== 'running') because = `it ended with code ${state.exitCode}${await lastWords(subject)}`;
  else if (restartCount > 0) because = `it was restarted ${restartCount} times${await lastWords(subject)}`;
  const ok = because === undefined;
  return { ...seen, ok, asked, answered, statuses: [...statuses].sort((a, b) => a - b), because };
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
=======
import { wishesOf } from '../model/drill-wishes.ts';
import type { Lab, Subject } from './lab.ts';

/** One look at whether a service does its work. */
export interface Served {
  readonly ok: boolean;
  /** `GET /orders`, `its health test`, `running`: what was looked at. */
  readonly by: string;
  readonly ms: number;
  /** `200`, `no answer`, the health test's output. */
  readonly saw: string;
}

/** By its requests; where nothing listens by its health test, else by whether it runs. Never rejects for what the service does. */
export async function serves(lab: Lab, subject: Subject): Promise<Served> {
  const { status } = (await subject.container.inspect()).state;
  if (status !== 'running') return { ok: false, by: 'running', ms: 0, saw: status };
  const answer = await subject.ask();
  if (answer) {
    const { requests, protocol } = lab.settings;
    const [first] = requests;
    const by = protocol === 'tcp' ? 'a connection' : `${first?.method ?? 'GET'} ${first?.path ?? '/'}`;
    return { ok: answer.ok, by, ms: answer.ms, saw: answer.status === undefined ? 'no answer' : `${answer.status}` };
  }
  // It may end while the test runs in it.
  const probe = await subject.probe().catch(() => ({ ok: false, ms: 0, output: 'it ended' }));
  if (probe) return { ok: probe.ok, by: 'its health test', ms: probe.ms, saw: probe.output.trim().slice(0, 200) };
  return { ok: true, by: 'running', ms: 0, saw: status };
}

/** The path that says whether it is ready for traffic, where the file names one. The lab's default is its health route. */
export const statedReadiness = (lab: Lab): string | undefined => wishesOf(lab.service.compose).readiness;

/**
 * Whether an answer says more than its health check does: the file names requests, or a connection is all that is
 * asked. The lab's default asks the health route, and so cannot tell a health check that lies from one that does not.
 */
export const asksMore = ({ settings }: Lab): boolean => settings.requestsAreStated || settings.protocol === 'tcp';

/** Several looks in a row, so that one lucky answer does not count: true when the last `times` were all well. */
export async function servesWell(lab: Lab, subject: Subject, withinMs: number, times = 3): Promise<boolean> {
  let well = 0;
  return lab.until(withinMs, async () => {
    well = (await serves(lab, subject)).ok ? well + 1 : 0;
    return well >= times;
  });
>>>>>>> wt-drills-b2
}
