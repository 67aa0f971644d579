import type { LoadSpec } from '../inside/protocol.ts';
import { printDuration } from '../vocabulary/duration.ts';
import { broke, type Drill, held, inconclusive, type Told } from './drill.ts';
import { machineSlack } from './health/machine-slack.ts';
import type { Lab, Subject } from './lab.ts';
import type { DrillSettings } from './settings.ts';
import { shownSeconds } from './shown-seconds.ts';
import { agreed, isAgreed } from './stopping/agreed.ts';
import { endingFault } from './stopping/ending.ts';
import { loadItBears, slowRequests } from './stopping/load-it-bears.ts';
import { neverTaken } from './stopping/never-taken.ts';
import { stopWithOneInHand } from './stopping/one-in-hand.ts';
import { graceSecondsOf, signalOf, stopService } from './stopping/stop-service.ts';
import { lossesIn, stopVerdict } from './stopping/stop-verdict.ts';
import { untilItSettles } from './stopping/until-it-settles.ts';

/** How long load runs before the signal, so that connections are warm and requests are in flight. */
const steadyMs = 2000;

export const gracefulStop: Drill = {
  id: 'graceful-stop',
  claim:
    'Told to stop under load, it answers every request that it has taken, and leaves by itself within its grace period',
  why: 'Every deploy stops every container. What is lost then is lost at each deploy, in front of customers: uploads cut in half, payments of which nobody knows whether they were made.',
  experiment:
    'Steady load (100 requests a second unless the file says otherwise: on connections that stay open, on fresh ones, and slow ones that arrive in two pieces), as if through a balancer that polls readiness. After 2 s it is stopped as `docker compose stop` does: stop signal, grace period, SIGKILL. Every request sent is counted as answered or lost. One that bears no slow requests, since it reads one request at a time, is stopped once more with one of them half sent. A service that listens nowhere is only told to stop. On a machine that is busy with other things, what is not held is tried again until two runs agree.',
  mission: ['DRL5', 'IMG9', 'RUN14'],
  sources: [
    'https://docs.docker.com/reference/cli/docker/container/stop/',
    'https://docs.docker.com/reference/compose-file/services/#stop_grace_period',
    'https://www.rfc-editor.org/rfc/rfc9112#section-9.6',
    'https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream',
    'https://docs.haproxy.org/2.8/configuration.html#4.2-option%20redispatch',
  ],
  attach: 'never',
  company: 'alone',
  budget: ({ stopGraceMs }) => 300 + (4 * (stopGraceMs?.value ?? 10_000)) / 1000,
  skip: ({ role }) => (role.runs === 'server' ? undefined : 'it ends by itself: nobody stops it'),
  async run(lab) {
    const runs: Told[] = [];
    do {
      lab.step(runs.length === 0 ? 'starting it' : 'starting it once more, since this machine is busy');
      const { subject, end } = await lab.world();
      const { told, leftOut } = (await subject.address())
        ? await stopUnderLoad(lab, subject)
        : { told: await stopIdle(lab, subject), leftOut: [] };
      await end();
      const isOneByOne = told.outcome === 'held' && leftOut.includes(slowRequests);
      runs.push(isOneByOne ? await stopWithOneInHand(lab, told) : told);
    } while (!isAgreed(runs, await machineSlack(lab)));
    return agreed(runs);
  },
};

interface StoppedUnderLoad {
  readonly told: Told;
  /** Of the load; see `loadItBears`. */
  readonly leftOut: readonly string[];
}

async function stopUnderLoad(lab: Lab, subject: Subject): Promise<StoppedUnderLoad> {
  const { settings } = lab;
  const graceSeconds = graceSecondsOf(subject.plan);
  lab.step('looking for a load that it answers without a loss');
  const bearable = await loadItBears(lab, subject);
  if (!('options' in bearable)) {
    const { total } = bearable;
    const seen = total.lost > 0 ? `${total.lost} lost: ${lossesIn(bearable)}` : `${total.refused} refused`;
    const summary = `It did not answer well before it was told to stop: of ${total.planned} requests, ${total.answered} were answered (${seen})`;
    return { told: inconclusive(summary), leftOut: [] };
  }
  const { options, leftOut } = bearable;
  const signal = await signalOf(subject);
  const slack = await machineSlack(lab);
  const asked = performance.now();
  const load = await subject.load({
    ...options,
    seconds: steadyMs / 1000 + graceSeconds + 15,
    notice: balancerOf(settings, slack),
  });
  const began = performance.now();
  await lab.wait(steadyMs);
  lab.step(`sending ${signal} under ${options.rate ?? settings.rate} requests a second`);
  lab.note(`${signal} sent`, 'drill');
  const signalled = performance.now();
  const ending = await stopService(subject);
  const counted = await load.stop();
  // The helper's clock was set by one question and its answer; the load began while we waited for that to be said.
  const beganMs = Math.min(began, Math.max(asked, (await subject.outside()).toOurs(counted.beganMs)));
  const toldMs = signalled - beganMs;
  const surelyBeforeMs = toldMs - (began - asked);
  const result = neverTaken(counted, surelyBeforeMs);
  const { total } = result;
  if (result.noticedMs !== undefined && result.noticedMs < surelyBeforeMs)
    return {
      told: inconclusive(
        `A balancer would have taken it out before it was told to stop: its readiness (${settings.readiness ?? 'its port'}) failed after ${shownSeconds(result.noticedMs)} of load`,
      ),
      leftOut,
    };
  const verdict = stopVerdict({
    signal,
    graceSeconds,
    ending,
    load: result,
    toldMs,
    surelyBeforeMs,
    noticeMs: settings.noticeMs,
    balancerRetries: settings.balancerRetries,
    slack,
    readiness: settings.readiness,
  });
  const without = leftOut.map((what) => ({ name: 'left out of the load, since it is not borne at rest', value: what }));
  const { sent, answered, lost, refused } = total;
  const evidence = [...verdict.evidence, ...without];
  return { told: { ...verdict, evidence, requests: { sent, answered, lost, refused } }, leftOut };
}

/** Polls every second or oftener, and needs as many bad answers in a row as there are polls in its time. */
function balancerOf({ noticeMs, readiness, protocol }: DrillSettings, slack: number): NonNullable<LoadSpec['notice']> {
  const everyMs = Math.max(50, Math.min(1000, noticeMs));
  const fall = Math.max(1, Math.round(noticeMs / everyMs));
  const asked = readiness === undefined || protocol === 'tcp' ? {} : { path: readiness };
  return { ...asked, everyMs, fall, timeoutMs: Math.max(1000, everyMs) * slack };
}

/** For a worker that listens nowhere. */
async function stopIdle(lab: Lab, subject: Subject): Promise<Told> {
  const graceSeconds = graceSecondsOf(subject.plan);
  const signal = await signalOf(subject);
  lab.step('waiting until it has come up');
  const handles = await untilItSettles(lab, subject, signal, 15_000);
  lab.step(`sending ${signal}`);
  lab.note(`${signal} sent`, 'drill');
  const ending = await stopService(subject);
  const fault = endingFault(ending, graceSeconds);
  const evidence = [
    { name: 'time to exit', value: Math.round(ending.ms), unit: 'ms' },
    { name: 'grace period', value: graceSeconds, unit: 's' },
    { name: 'exit code', value: ending.exitCode },
    { name: `a process has a handler for ${signal}`, value: handles },
  ];
  if (fault === undefined)
    return held(
      `It left with code ${ending.exitCode}, ${shownSeconds(ending.ms)} after ${signal} (grace: ${graceSeconds} s)`,
      {
        evidence,
      },
    );
  const advice = handles
    ? [
        `See what it does between ${signal} and its end; it has ${printDuration(graceSeconds * 1000)} (stop_grace_period)`,
      ]
    : [`Handle ${signal} in the app, and see that it gets there: exec form, or \`init: true\``];
  return broke(`Told to stop (${signal}), it ${fault}`, { evidence, advice });
}
