import type { Evidence } from '../vocabulary/drill.ts';
import { broke, type Drill, held, inconclusive } from './drill.ts';
import type { Lab, Subject } from './lab.ts';
import { answersAgain, standingOf } from './standing.ts';

const burnMs = 3000;
const loadSeconds = 6;

/** The CPU limit: that it is there, and that the service lives with it. */
export const cpuLimit: Drill = {
  id: 'cpu-limit',
  claim: 'Its CPU limit is in force, and it serves its requests within it',
  why: 'A limit that is too tight shows as slow answers and failed health checks at the busiest hour; one that is not in force lets one service starve all others.',
  experiment:
    'A helper in its cgroup burns CPU for 3 s, and throttling must show; then its own load for 6 s at the rate that the file says, counted and timed.',
  mission: ['DRL7', 'RUN5'],
  sources: [
    'https://docs.docker.com/engine/containers/resource_constraints/#cpu',
    'https://docs.kernel.org/scheduler/sched-bwc.html',
  ],
  attach: 'never',
  company: 'alone',
  budget: () => 120,
  skip: (service) => (service.cpuLimit ? undefined : 'it has no CPU limit'),
  async run(lab) {
    const { subject } = await lab.world();
    const limit = lab.service.cpuLimit?.value ?? 1;
    const before = await standingOf(subject);
    let burnt = await burn(lab, subject, limit);
    // A busy machine may not leave it enough to reach its limit.
    for (let more = 0; more < 2 && burnt.throttled === 0 && burnt.used < limit * 1.5; more++)
      burnt = await burn(lab, subject, limit);
    const evidence: Evidence[] = [{ name: 'CPU limit', value: limit, unit: 'cores' }, ...burnt.evidence];
    if (burnt.used > limit * 1.5 + 0.3 && burnt.throttled === 0)
      return broke(
        `A helper beside it used ${burnt.used.toFixed(1)} cores where its limit is ${limit}: the limit is not in force`,
        { evidence },
      );
    if (burnt.throttled === 0)
      return inconclusive('No throttling could be seen: the machine had too little CPU to spare', { evidence });
    if (!(await answersAgain(subject, (ms, isTrue) => lab.until(ms, isTrue), 30_000)))
      return broke('After its CPU had been used up for 3 s it does not answer any more', { evidence });
    if (!(await subject.address())) return held(`Throttled at ${limit} cores, and it runs on`, { evidence });
    return underLoad(lab, subject, limit, before.life, evidence);
  },
};

async function burn(lab: Lab, subject: Subject, limit: number) {
  lab.step('using up its CPU');
  const host = await lab.host();
  const from = await subject.cgroup();
  const began = performance.now();
  // On every core: a busy machine shares each of them among all that wants it.
  await host.burn(subject.container.id, Math.max(Math.ceil(limit) + 1, lab.cpus));
  await lab.wait(burnMs);
  const to = await subject.cgroup();
  const seconds = (performance.now() - began) / 1000;
  await host.release();
  const throttled = to.throttledPeriods - from.throttledPeriods;
  const used = (to.cpuUsageMs - from.cpuUsageMs) / 1000 / seconds;
  return {
    throttled,
    used,
    evidence: [
      { name: 'cores used by a helper beside it', value: Math.round(used * 100) / 100 },
      { name: 'periods throttled', value: `${throttled} of ${to.periods - from.periods}` },
    ] satisfies Evidence[],
  };
}

async function underLoad(lab: Lab, subject: Subject, limit: number, life: string, evidence: Evidence[]) {
  lab.step(`its own load, ${lab.settings.rate} requests a second`);
  const from = await subject.cgroup();
  // What is slow by itself says nothing of the CPU.
  const kinds = lab.settings.kinds.filter((kind) => kind !== 'slow');
  const load = await subject.load({ seconds: loadSeconds, ...(kinds.length > 0 ? { kinds } : {}) });
  lab.waited(loadSeconds * 1000);
  const result = await load.result;
  const to = await subject.cgroup();
  const after = await standingOf(subject);
  const throttled = to.throttledPeriods - from.throttledPeriods;
  const share = throttled / Math.max(1, to.periods - from.periods);
  const { total, latency } = result;
  const requests = { sent: total.sent, answered: total.answered, lost: total.lost, refused: total.refused };
  evidence.push(
    { name: 'requests answered', value: `${total.answered} of ${total.planned}` },
    { name: 'latency p50', value: Math.round(latency.p50 * 10) / 10, unit: 'ms' },
    { name: 'latency p99', value: Math.round(latency.p99 * 10) / 10, unit: 'ms' },
    { name: 'periods throttled under its own load', value: Math.round(share * 100), unit: '%' },
  );
  const rest = { evidence, requests };
  if (after.life !== life)
    return broke(`Under its own load within ${limit} cores it ended and was started again`, rest);
  const failed = (total.lost + total.refused) / Math.max(1, total.planned);
  // Losses without throttling are not the limit's doing; other drills tell of them.
  if (failed > 0.01 && share > 0.2)
    return broke(
      `At ${lab.settings.rate} requests a second it was throttled ${Math.round(share * 100)} % of the time and did not answer ${Math.round(failed * 100)} % of them`,
      { ...rest, advice: [`cpus above ${limit}`] },
    );
  if (latency.p99 > 2000 && share > 0.2)
    return broke(
      `At ${lab.settings.rate} requests a second it was throttled ${Math.round(share * 100)} % of the time: one answer in a hundred took ${Math.round(latency.p99 / 100) / 10} s or more`,
      { ...rest, advice: [`cpus above ${limit}`] },
    );
  if (!(await answersAgain(subject, (ms, isTrue) => lab.until(ms, isTrue), 30_000)))
    return broke('After its own load it does not answer any more', rest);
  return held(
    `Throttled at ${limit} cores; at ${lab.settings.rate} requests a second it answered ${total.answered} of ${total.planned}, p99 ${Math.round(latency.p99)} ms`,
    rest,
  );
}
