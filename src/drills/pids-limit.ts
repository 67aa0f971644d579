import type { Evidence } from '../vocabulary/drill.ts';
import { broke, type Drill, held, inconclusive } from './drill.ts';
import { leftBehind } from './processes/left-behind.ts';
import { answersAgain, standingOf } from './standing.ts';

/** Where nothing stops it, the storm stops itself here. */
const storm = 400;

/** A fork storm in the service's own cgroup stops at its limit. */
export const pidsLimit: Drill = {
  id: 'pids-limit',
  claim: 'Its requests leave no processes behind, a storm of processes in it stops at its limit, and it serves on',
  why: 'Without a limit one runaway loop uses up the process table of the whole machine, and nobody can even log in to end it.',
  experiment: `Its own load for some seconds, counting processes and threads before and after. Then a helper in its cgroup starts processes that do nothing, ${storm} at most, until the kernel refuses more; then they are ended.`,
  mission: ['DRL11', 'RUN8'],
  sources: [
    'https://docs.kernel.org/admin-guide/cgroup-v2.html#pid',
    'https://docs.docker.com/reference/compose-file/services/#pids_limit',
  ],
  attach: 'never',
  company: 'any',
  budget: () => 150,
  skip: (service) =>
    (service.pidsLimit?.value ?? 0) > 4096 ? 'its limit is too high for a storm that harms nobody' : undefined,
  async run(lab) {
    const asked = await lab.world();
    const own = lab.service.pidsLimit?.value;
    const limit = own !== undefined && own > 0 ? own : undefined;
    const left = await leftBehind(lab, asked.subject, limit);
    if (left.fault !== undefined)
      return broke(left.fault, {
        evidence: left.evidence,
        advice: ['end what a request has started, and wait for its end; give it a deadline'],
      });
    // What is still under way after a load, such as event streams, must not be in the way of the storm.
    await asked.end();
    const { subject } = await lab.world();
    const before = await standingOf(subject);
    const seen = await subject.cgroup();
    lab.step('a storm of processes in its cgroup');
    const host = await lab.host();
    let crowd: { readonly started: number; readonly refused: boolean };
    let during: { readonly ok: boolean } | undefined;
    try {
      crowd = await host.crowd(subject.container.id, limit === undefined ? storm : limit + 32);
      during = await subject.ask();
    } finally {
      await host.release();
    }
    const again = await answersAgain(subject, (ms, isTrue) => lab.until(ms, isTrue), 60_000);
    const after = await standingOf(subject);
    const evidence: Evidence[] = [
      ...left.evidence,
      { name: 'processes at rest', value: seen.pids },
      { name: 'limit in its cgroup', value: seen.pidsLimit ?? 'none' },
      { name: 'processes started', value: crowd.started },
      { name: 'refused more', value: crowd.refused },
      ...(during ? [{ name: 'answered meanwhile', value: during.ok }] : []),
    ];
    if (after.life !== before.life) return broke('The storm of processes ended it: it was started again', { evidence });
    if (!crowd.refused) {
      // It may be its memory limit that ended the storm: what is killed makes room for more. A limit that the kernel has is in force.
      if (limit !== undefined && (crowd.started < limit || seen.pidsLimit === limit))
        return inconclusive(
          `The storm ended at ${crowd.started} processes for another reason than its limit of ${limit}`,
          { evidence },
        );
      return broke(`${crowd.started} processes were started in it and nothing stopped them`, {
        evidence,
        advice: [`pids_limit: ${Math.max(64, Math.ceil((seen.pids * 4) / 50) * 50)}`],
      });
    }
    if (!again) return broke('After the storm of processes it does not answer any more', { evidence });
    return held(
      `The storm was refused at ${limit ?? seen.pidsLimit ?? crowd.started} processes${during ? (during.ok ? ', and it answered meanwhile' : '; it did not answer meanwhile, and did so afterwards') : ''}`,
      { evidence },
    );
  },
};
