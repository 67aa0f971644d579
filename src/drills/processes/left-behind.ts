import type { Evidence } from '../../vocabulary/drill.ts';
import type { Lab, Subject } from '../lab.ts';
import { watchOwnWork } from '../own-work.ts';

const loadSeconds = 3;

interface LeftBehind {
  readonly evidence: readonly Evidence[];
  readonly fault?: string;
}

/**
 * Whether each request leaves a process (or thread) behind. A pool grows with how much is under way at once, and has its size
 * after the first load; what goes on with the number of requests in the second has no bound.
 */
export async function leftBehind(lab: Lab, subject: Subject, limit: number | undefined): Promise<LeftBehind> {
  if (!(await subject.address())) return byItsOwnWork(lab, subject);
  lab.step('its own load, counting processes');
  const before = (await subject.cgroup()).pids;
  const first = await loadAndCount(lab, subject, before);
  const evidence: Evidence[] = [
    { name: 'processes before its own load', value: before },
    { name: `processes after ${first.sent} requests`, value: first.pids },
  ];
  if (first.pids - before < 20) return { evidence };
  const second = await loadAndCount(lab, subject, first.pids);
  evidence.push({ name: `processes after ${second.sent} requests more`, value: second.pids });
  const grown = second.pids - first.pids;
  // A pool that has its size near the limit answers all the same.
  const isFull = limit !== undefined && second.pids >= limit * 0.9;
  if (isFull && second.answered < second.sent * 0.9)
    return {
      evidence,
      fault: `After ${first.sent + second.sent} requests ${second.pids} of the ${limit} processes that it may have were in use, and stay so: it answered ${second.answered} of the last ${second.sent}`,
    };
  if (grown >= 20 && grown >= second.sent * 0.05)
    return {
      evidence,
      fault: `${second.pids - before} processes or threads more were there after ${first.sent + second.sent} requests, and stay so`,
    };
  return { evidence };
}

async function byItsOwnWork(lab: Lab, subject: Subject): Promise<LeftBehind> {
  lab.step('its own work, counting processes');
  const { marks, seconds, isGrowing } = await watchOwnWork(lab, async () => (await subject.cgroup()).pids);
  const evidence: Evidence[] = [{ name: 'processes, every 3 s', value: marks.map(String) }];
  if (!isGrowing) return { evidence };
  const more = marks.at(-1)! - marks[0]!;
  return {
    evidence,
    fault: `By its own work it started ${more} processes or threads more in ${seconds} s, and they stay`,
  };
}

/** When the load is over what served it has some seconds to end. */
async function loadAndCount(
  lab: Lab,
  subject: Subject,
  before: number,
): Promise<{ sent: number; answered: number; pids: number }> {
  const load = await subject.load({ seconds: loadSeconds });
  lab.waited(loadSeconds * 1000);
  const { total } = await load.result;
  let { pids } = await subject.cgroup();
  await lab.until(
    8000,
    async () => {
      pids = Math.min(pids, (await subject.cgroup()).pids);
      return pids - before < 10;
    },
    250,
  );
  return { sent: total.sent, answered: total.answered, pids };
}
