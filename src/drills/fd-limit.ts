import type { ServicePlan } from '../stack/plan.ts';
import type { Evidence } from '../vocabulary/drill.ts';
import { broke, type Drill, held, inconclusive, type Told } from './drill.ts';
import type { Lab, Subject } from './lab.ts';
import { watchOwnWork } from './own-work.ts';
import { answersAgain, endedHow, standingOf } from './standing.ts';

/** Few enough to be used up by a few hundred connections, enough for any server to start with. */
const experimentLimit = 256;
const loadSeconds = 5;

/** File descriptors: none leak, and when there are no more the service does not fall over. */
export const fdLimit: Drill = {
  id: 'fd-limit',
  claim: 'It gives file descriptors back, and when it has none left it turns callers away and recovers',
  why: 'A leaked descriptor per request is an outage some days after the deployment, and always at night.',
  experiment: `Its own load for ${loadSeconds} s on fresh connections, counting open descriptors before and after; then, with at most ${experimentLimit} descriptors, connections that do nothing until there are none left. One without a port is watched as it works.`,
  mission: ['DRL11', 'RUN8'],
  sources: [
    'https://man7.org/linux/man-pages/man2/accept.2.html#ERRORS',
    'https://docs.docker.com/reference/compose-file/services/#ulimits',
  ],
  attach: 'never',
  company: 'any',
  budget: () => 120,
  skip: ({ role }) => (role.runs === 'server' ? undefined : 'it ends by itself'),
  async run(lab) {
    const { subject } = await lab.world();
    if (!(await subject.address())) return byItsOwnWork(lab, subject);
    const leak = await leaked(lab, subject);
    if (leak.fault) return broke(leak.fault, { evidence: leak.evidence, advice: ['close what each request opens'] });
    const tight = await lab.world({ change: (plan) => withFiles(plan, limitOf(plan)) });
    return exhausted(lab, tight.subject, [...leak.evidence]);
  },
};

/** Open files of all its processes. */
async function openFiles(subject: Subject): Promise<number> {
  const processes = await (await subject.inside()).processes();
  return processes.reduce((sum, one) => sum + (one.openFiles ?? 0), 0);
}

/** One without a port: nobody can use its descriptors up from outside, but its own work can. */
async function byItsOwnWork(lab: Lab, subject: Subject): Promise<Told> {
  lab.step('its own work, counting open files');
  const { marks, seconds, isGrowing } = await watchOwnWork(lab, () => openFiles(subject));
  const evidence: Evidence[] = [{ name: 'open files, every 3 s', value: marks.map(String) }];
  if (isGrowing)
    return broke(
      `By its own work it opened ${marks.at(-1)! - marks[0]!} files more in ${seconds} s, and they stay open`,
      {
        evidence,
        advice: ['close what each piece of work opens'],
      },
    );
  return held(`It listens nowhere, and by its own work it opened no more files in ${seconds} s`, { evidence });
}

async function leaked(lab: Lab, subject: Subject) {
  lab.step('its own load, counting open files');
  const count = () => openFiles(subject);
  const { life } = await standingOf(subject);
  // The first requests open what stays open: pools, logs, caches.
  const warm = await subject.load({ seconds: 2, rate: lab.settings.rate });
  lab.waited(2000);
  await warm.result;
  await lab.wait(500);
  const before = await count();
  const load = await subject.load({ seconds: loadSeconds, rate: lab.settings.rate * 2 });
  lab.waited(loadSeconds * 1000);
  const { total } = await load.result;
  const gone = total.answered;
  // Connections that were kept alive are closed by now, or soon.
  let after = await count().catch(() => Number.NaN);
  await lab
    .until(
      8000,
      async () => {
        after = await count();
        return after <= before + 5;
      },
      500,
    )
    .catch(() => false);
  const grown = after - before;
  const evidence: Evidence[] = [
    { name: 'open files before', value: before },
    { name: `open files after ${gone} answers`, value: after },
  ];
  const died = (await standingOf(subject)).life !== life;
  if (died) return { evidence, fault: `Under its own load of ${gone} answers it ended and was started again` };
  // A pool that grew to its size is no leak: a leak goes with the number of requests.
  if (gone >= 50 && grown >= 20 && grown >= gone * 0.05)
    return { evidence, fault: `${grown} file descriptors more were open after ${gone} answers, and stay so` };
  return { evidence };
}

async function exhausted(lab: Lab, subject: Subject, evidence: Evidence[]) {
  const at = await subject.address();
  if (!at) return inconclusive('It listens nowhere', { evidence });
  const before = await standingOf(subject);
  const inside = await subject.inside();
  const limit = limitOf(subject.plan);
  lab.step(`${limit + 64} connections that do nothing`);
  const outside = await subject.outside();
  const idle = await outside.hold(at.host, at.port, limit + 64);
  await lab.wait(3000);
  const processes = await inside.processes().catch(() => []);
  const fullest = Math.max(0, ...processes.map(({ openFiles }) => openFiles ?? 0));
  const during = await subject.ask().catch(() => undefined);
  const middle = await standingOf(subject);
  await outside.release();
  evidence.push(
    { name: 'limit of open files', value: limit },
    { name: 'connections it was given', value: idle.opened },
    { name: 'open files at the most', value: fullest },
    { name: 'answered meanwhile', value: during?.ok === true },
  );
  if (middle.life !== before.life || middle.state.status !== 'running')
    return broke(`With ${limit} open files it does not live: ${endedHow(middle.state)}`, {
      evidence,
      advice: ['handle EMFILE: turn callers away, or limit the connections that are accepted'],
    });
  lab.step('the connections are gone');
  if (!(await answersAgain(subject, (ms, isTrue) => lab.until(ms, isTrue), 30_000)))
    return broke(`After ${idle.opened} connections had used up its open files it does not answer any more`, {
      evidence,
    });
  const after = await standingOf(subject);
  if (after.life !== before.life)
    return broke('When its open files were used up it ended and was started again', { evidence });
  const reached = fullest >= limit * 0.9;
  return held(
    reached
      ? `It gives descriptors back; with all ${limit} in use it stayed up and answered again as soon as callers left`
      : `It gives descriptors back; ${idle.opened} idle connections did not use up its ${limit} (${fullest} at the most), and it answered again`,
    { evidence },
  );
}

/** The file's own limit where it is small enough to be reached. */
function limitOf({ body }: ServicePlan): number {
  const own = body.HostConfig.Ulimits?.find(({ Name }) => Name === 'nofile')?.Soft;
  return own !== undefined && own > 0 && own <= 1024 ? own : experimentLimit;
}

function withFiles(plan: ServicePlan, limit: number): ServicePlan {
  const others = (plan.body.HostConfig.Ulimits ?? []).filter(({ Name }) => Name !== 'nofile');
  const Ulimits = [...others, { Name: 'nofile', Soft: limit, Hard: limit }];
  return { ...plan, body: { ...plan.body, HostConfig: { ...plan.body.HostConfig, Ulimits } } };
}
