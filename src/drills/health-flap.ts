import type { LoadKind, LoadResult } from '../inside/protocol.ts';
import { wishesOf } from '../model/drill-wishes.ts';
import type { RequestCount } from '../vocabulary/drill.ts';
import { type Drill, inconclusive, type Told } from './drill.ts';
import { crowdOf } from './health/crowd.ts';
import { nextRate } from './health/flap-climb.ts';
import { isFalseAlarm, judgeFlap, type Step } from './health/flap-verdict.ts';
import { atPace, detectionMs, paceOf, quickened } from './health/health-pace.ts';
import { noProbes, untilWell, type Ward, wardOf } from './health/health-trial.ts';
import { probeWords } from './health/health-watch.ts';
import { noHealthCheck } from './honest-health.ts';
import type { Lab } from './lab.ts';
import { ownProtocol } from './settings-of.ts';

export const healthFlap: Drill = {
  id: 'health-flap',
  claim: 'Under the highest load that it can answer, its health check raises no false alarm',
  why: 'A check that times out under load takes out healthy replicas at rush hour, and gives their load to the rest until all are down.',
  experiment:
    'Asks it at its usual rate, at three times and at ten times that (1,000 requests a second at most), with the limits that the file sets, until it cannot keep up; then at four fifths of what it answered. Counts the probes that fail meanwhile. An alarm counts when a second copy of the service raises it too.',
  mission: ['DRL4', 'RUN11'],
  sources: [
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
    'https://aws.amazon.com/builders-library/implementing-health-checks/',
  ],
  attach: 'never',
  company: 'alone',
  budget: (service) => Math.round(240 + 8 * (stepSeconds(service) + 15)),
  skip(service) {
    const { requests, protocol } = wishesOf(service.compose);
    if (service.role.kind === 'worker') return 'it takes no requests';
    const isAsked = requests !== undefined || !(protocol === 'tcp' || ownProtocol.has(service.role.kind));
    return noHealthCheck(service) ?? (isAsked ? undefined : unasked);
  },
  async run(lab) {
    const first = await climb(lab, ratesOf(lab.settings.rate));
    if (!('steps' in first)) return first;
    const alarm = first.steps.find(isFalseAlarm);
    // Our own machine may have been slow for a moment: only what a second copy does too is the service's own.
    const again = alarm ? await climb(lab, ratesOf(lab.settings.rate)) : undefined;
    const file = paceOf(lab.service);
    const judged = judgeFlap({
      steps: first.steps,
      again: again && 'steps' in again ? again.steps : [],
      file,
      drilled: quickened(file, 'often'),
      crowd: alarm ? await crowdOf(lab) : undefined,
    });
    return { ...judged, requests: first.total };
  },
};

/** Nothing but connections could be opened, and a thousand of those a second is no work that anybody gives it. */
const unasked = 'no request in its own protocol is named (x-seaworthy: { drill: { requests } })';

interface Climbed {
  readonly steps: readonly Step[];
  readonly total: RequestCount;
}

const ratesOf = (rate: number): readonly number[] => [
  ...new Set([rate, 3 * rate, 10 * rate].map((one) => Math.min(one, Math.max(1000, rate)))),
];

/** Long enough for twice as many probes as make an alarm. */
function stepSeconds(service: Lab['service']): number {
  const pace = quickened(paceOf(service), 'often');
  return Math.min(30, Math.max(8, Math.ceil(detectionMs(pace, 1000) / 500)));
}

/**
 * Each connection uses a port of the helper for a minute, and the kernel slows down when half of its 28,000 are used
 * (measured: 1,000 connections a second began 2.8 s late after 18,000).
 */
function secondsAt(rate: number, kinds: readonly LoadKind[], seconds: number): number {
  const perSecond = kinds.includes('keep-alive') ? rate / kinds.length : rate;
  return Math.max(6, Math.min(seconds, Math.floor(4000 / perSecond)));
}

async function climb(lab: Lab, rates: readonly number[]): Promise<Climbed | Told> {
  const file = paceOf(lab.service);
  const pace = quickened(file, 'often');
  const world = await lab.world({ change: atPace(pace), ready: false });
  const ward = wardOf(lab, world, file, pace);
  if ((await world.subject.address()) === undefined)
    return inconclusive('It listens on no port, so no load can be put on it');
  const isHealthy = await untilWell(ward, 120_000);
  if (isHealthy) await world.subject.meet();
  const answer = await world.subject.ask();
  if (answer?.ok && answer.status === undefined && !lab.settings.requestsAreStated)
    return inconclusive(`It does not speak HTTP, and ${unasked}`);
  if (!isHealthy) return inconclusive(noProbes(ward) ?? 'The engine did not call it healthy before the load');
  const steps: Step[] = [];
  let total: RequestCount = { sent: 0, answered: 0, lost: 0, refused: 0 };
  for (let rate = nextRate(rates, steps); rate !== undefined; rate = nextRate(rates, steps)) {
    // What it could not take before may still be in its queue, and have made it unhealthy.
    if (steps.length > 0 && !(await untilWell(ward, 60_000))) break;
    const { step, count } = await loaded(ward, rate);
    steps.push(step);
    total = {
      sent: total.sent + count.sent,
      answered: total.answered + count.answered,
      lost: total.lost + count.lost,
      refused: total.refused + count.refused,
    };
  }
  await world.end();
  return { steps, total };
}

async function loaded(ward: Ward, rate: number): Promise<{ step: Step; count: LoadResult['total'] }> {
  const { lab, subject, watch } = ward;
  lab.step(`asking it ${rate} times a second`);
  await watch.look();
  const { life } = watch;
  const known = watch.probes.length;
  watch.forgetStreak();
  // Slow senders and streams are slow by themselves: their times would tell nothing of the service.
  const steady = lab.settings.kinds.filter((kind) => kind === 'keep-alive' || kind === 'fresh' || kind === 'tcp');
  const kinds = steady.length > 0 ? steady : lab.settings.kinds;
  const seconds = secondsAt(rate, kinds, stepSeconds(lab.service));
  const load = await subject.load({ seconds, rate, timeoutMs: 10_000, kinds });
  let over: LoadResult | undefined;
  void load.result.then(
    (result) => {
      over = result;
    },
    () => undefined,
  );
  let called: Step['called'] = 'healthy';
  await lab.until(
    seconds * 1000 + 15_000,
    async () => {
      await watch.look();
      if (!watch.running || watch.life !== life) called = 'ended';
      else if (watch.status === 'unhealthy') called = 'unhealthy';
      return over !== undefined || called === 'ended';
    },
    200,
  );
  const result = over ?? (await load.stop());
  lab.waited(seconds * 1000);
  const probes = watch.probes.slice(known);
  // By when answers came; what comes after the last request was sent is the queue running dry.
  const last = result.seconds.slice(Math.max(0, seconds - 3), seconds);
  const failure = probes.findLast(({ exitCode }) => exitCode !== 0);
  const step: Step = {
    rate,
    answered: result.total.planned === 0 ? 0 : result.total.answered / result.total.planned,
    p50: Math.max(0, ...last.map((second) => second.p50)),
    pace: last.reduce((sum, second) => sum + second.answered, 0) / (Math.max(1, last.length) * rate),
    failed: probes.filter(({ exitCode }) => exitCode !== 0).length,
    probes: probes.length,
    streak: watch.worstStreak,
    // Our own sending was late, or had no port left: what was seen is not the service's doing.
    isOurs: result.maxLagMs > 1000 || result.starved > 0,
    called,
    words: failure && probeWords(failure),
  };
  return { step, count: result.total };
}
