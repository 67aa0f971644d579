import { wishesOf } from '../../model/drill-wishes.ts';
import type { Lab, Subject } from '../lab.ts';

/** One look at whether a service does its work. */
export interface Served {
  readonly ok: boolean;
  /** `GET /orders`, `its health test`, `running`: what was looked at. */
  readonly by: string;
  readonly ms: number;
  /** `200`, `no answer`, the health test's output. */
  readonly saw: string;
  /** Of an HTTP answer. */
  readonly status?: number | undefined;
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
    const { ok, ms, status } = answer;
    return { ok, by, ms, status, saw: status === undefined ? 'no answer' : `${status}` };
  }
  // It may end while the test runs in it.
  const probe = await subject.probe().catch(() => ({ ok: false, ms: 0, output: 'it ended' }));
  if (probe) return { ok: probe.ok, by: 'its health test', ms: probe.ms, saw: probe.output.trim().slice(0, 200) };
  return { ok: true, by: 'running', ms: 0, saw: status };
}

/** The path that says whether it is ready for traffic, where the file names one. The lab's default is its health route. */
export const statedReadiness = (lab: Lab): string | undefined => wishesOf(lab.service.compose).readiness;

/**
 * Whether an answer says more than its health check does: the file names requests, its front page answers, or a
 * connection is all that is asked. The health route alone cannot tell a health check that lies from one that does not.
 */
export const asksMore = ({ settings }: Lab): boolean =>
  settings.requestsAreStated ||
  settings.protocol === 'tcp' ||
  settings.requests.some(({ path }) => path !== settings.liveness && path !== settings.readiness);

/** Several looks in a row, so that one lucky answer does not count: true when the last `times` were all well. */
export async function servesWell(lab: Lab, subject: Subject, withinMs: number, times = 3): Promise<boolean> {
  let well = 0;
  return lab.until(withinMs, async () => {
    well = (await serves(lab, subject)).ok ? well + 1 : 0;
    return well >= times;
  });
}

/** By its answer: who does not speak it answers a connection, and no request. */
export const speaksHttp = async (subject: Subject): Promise<boolean> => (await subject.ask())?.status !== undefined;
