import type { Evidence } from '../vocabulary/drill.ts';
import { broke, type Drill, held, type Told } from './drill.ts';
import { machineSlack } from './health/machine-slack.ts';
import type { Lab, Subject } from './lab.ts';
import { oneLine } from './one-line.ts';
import { shownSeconds } from './shown-seconds.ts';
import { type Ending, endingFault, wasKilled } from './stopping/ending.ts';
import { shownSpread } from './stopping/spread.ts';
import { startPatienceMs } from './stopping/start-patience.ts';
import { graceSecondsOf, signalOf, stopService } from './stopping/stop-service.ts';
import { untilItSettles } from './stopping/until-it-settles.ts';

/** One start and the stop that followed. */
export interface Cycle {
  readonly startMs: number;
  /** What it might take, on the machine as it was then. */
  readonly patienceMs: number;
  /** Undefined when it was ready in time; else why not. */
  readonly notReady: string | undefined;
  /** The engine gave it up (`unhealthy`) before it was ready, which it was later. */
  readonly isGivenUp?: boolean;
  /** Undefined where it never got ready: then there was nothing to stop. */
  readonly ending: Ending | undefined;
}

export const clock: Drill = {
  id: 'clock',
  claim: 'Start and stop keep to their times, every time',
  why: 'A service that takes its time one start in five, or needs SIGKILL one stop in five, fails one deploy in five, and nobody can say why.',
  experiment:
    'Starts it, waits until it is ready, and stops it as `docker compose stop` does: three to five times, the same container, with nothing else going on. A start may take until the engine would call it unhealthy (30 s without a health check; more on a busy machine), a stop its grace period.',
  mission: ['RUN11', 'RUN14'],
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#stop_grace_period',
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
    'https://docs.docker.com/reference/cli/docker/container/stop/',
  ],
  attach: 'never',
  company: 'alone',
  budget: ({ stopGraceMs }) => 180 + (5 * (stopGraceMs?.value ?? 10_000)) / 1000,
  skip: ({ role }) => (role.runs === 'server' ? undefined : 'it ends by itself: nobody stops it'),
  async run(lab) {
    lab.step('starting it');
    const { subject } = await lab.world();
    await subject.container.stop(graceSecondsOf(subject.plan));
    const patienceMs = startPatienceMs(await subject.container.inspect());
    const signal = await signalOf(subject);
    const began = performance.now();
    const cycles: Cycle[] = [];
    do {
      lab.step(`start and stop, ${cycles.length + 1}`);
      cycles.push(await oneCycle(lab, subject, patienceMs, signal));
      // Three always; then as many as have room in a minute.
    } while (
      cycles.length < 3 ||
      (cycles.length < 5 && (performance.now() - began) * (1 + 1 / cycles.length) < 45_000)
    );
    return clockTold(cycles, patienceMs, graceSecondsOf(subject.plan), signal);
  },
};

async function oneCycle(lab: Lab, subject: Subject, usualMs: number, signal: string): Promise<Cycle> {
  const slack = await machineSlack(lab);
  const patienceMs = usualMs * slack;
  const heard = subject.events().length;
  const began = performance.now();
  await subject.start();
  const ready = await subject.ready(patienceMs);
  const startMs = performance.now() - began;
  if (!ready.ok) {
    await subject.container.stop(graceSecondsOf(subject.plan));
    const notReady = ready.because ?? 'nothing said why';
    return { startMs, patienceMs, notReady, isGivenUp: false, ending: undefined };
  }
  // On a machine where two want each CPU, a slow start may be the machine's.
  const isGivenUp =
    slack < 2 &&
    subject
      .events()
      .slice(heard)
      .some(({ action }) => action === 'health_status: unhealthy');
  // What is only known to run may not have come to its handlers yet: no stop of a service that is up.
  if (ready.by !== 'health test') await untilItSettles(lab, subject, signal, 15_000);
  return { startMs, patienceMs, notReady: undefined, isGivenUp, ending: await stopService(subject) };
}

/** Judges them all. */
export function clockTold(cycles: readonly Cycle[], patienceMs: number, graceSeconds: number, signal: string): Told {
  const faults = cycles.map((cycle) => cycleFault(cycle, graceSeconds));
  const wrong = faults.filter((fault) => fault !== undefined);
  const of = cycles.length;
  const ok = of - wrong.length;
  const starts = cycles.map(({ startMs }) => startMs);
  const stops = cycles.flatMap(({ ending }) => (ending ? [ending.ms] : []));
  const evidence: Evidence[] = [
    { name: 'runs that kept to their times', value: `${ok} of ${of}` },
    { name: 'start until ready', value: starts.map(shownSeconds) },
    { name: 'a start may take', value: Math.round(patienceMs), unit: 'ms' },
    { name: `${signal} until its end`, value: stops.map(shownSeconds) },
    { name: 'a stop may take (grace period)', value: graceSeconds, unit: 's' },
    { name: 'exit codes', value: cycles.flatMap(({ ending }) => (ending ? [String(ending.exitCode)] : [])) },
  ];
  const repeated = { held: ok, of };
  if (wrong.length === 0)
    return held(
      `${of} of ${of} times it was ready in time (${shownSpread(starts)}) and left by itself in time (${shownSpread(stops)} after ${signal})`,
      { evidence, repeated },
    );
  const told = [...new Set(wrong)].map((fault) => {
    const times = wrong.filter((one) => one === fault).length;
    return `${times === of ? 'each time' : times === 1 ? 'once' : `${times} times`} it ${fault}`;
  });
  const isShort = cycles.some(({ ending }) => ending && wasKilled(ending));
  const advice = [
    ...(isShort
      ? [
          `A longer stop_grace_period than ${graceSeconds}s, or a quicker end: the drill graceful-stop tells what it does meanwhile`,
        ]
      : []),
    ...(cycles.some(hasEnded)
      ? [
          'It came up when its container was new: see what it leaves there that keeps it from starting again (a pid file, a lock)',
        ]
      : []),
    ...(cycles.some(({ isGivenUp }) => isGivenUp)
      ? [`start_period: ${Math.ceil(Math.max(...starts) / 1000) * 2}s in its health check`]
      : []),
  ];
  return broke(`It kept to its times ${ok} of ${of} times; ${told.join(', ')}`, { evidence, repeated, advice });
}

/** It did not use up the time that it had to get ready. */
const hasEnded = ({ notReady, startMs, patienceMs }: Cycle): boolean => notReady !== undefined && startMs < patienceMs;

function cycleFault(cycle: Cycle, graceSeconds: number): string | undefined {
  const { notReady, isGivenUp, patienceMs, ending } = cycle;
  if (notReady !== undefined)
    return hasEnded(cycle)
      ? `did not come up: ${oneLine(notReady)}`
      : `was not ready within ${shownSeconds(patienceMs)} (${oneLine(notReady)})`;
  const fault = ending && endingFault(ending, graceSeconds);
  return fault ?? (isGivenUp ? 'was unhealthy before it was ready: its start_period is too short' : undefined);
}
