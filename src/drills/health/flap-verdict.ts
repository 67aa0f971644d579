import type { Evidence } from '../../vocabulary/drill.ts';
import { broke, held, inconclusive, type Told } from '../drill.ts';
import { type HealthPace, shownPace } from './health-pace.ts';

/** One step of the climb: how the service did at a rate, and what it was called meanwhile. */
export interface Step {
  /** Requests a second. */
  readonly rate: number;
  /** Of the requests planned, from 0 to 1. */
  readonly answered: number;
  /** Of the last three seconds, in ms. */
  readonly p50: number;
  /** Answers of the last three seconds, as a share of the rate: below 1 a queue grows. */
  readonly pace: number;
  readonly probes: number;
  readonly failed: number;
  /** The most failures in a row. */
  readonly streak: number;
  /** The load was not what it was meant to be, because this machine could not send it. */
  readonly isOurs: boolean;
  readonly called: 'healthy' | 'unhealthy' | 'ended';
  /** What the last failing probe said. */
  readonly words: string | undefined;
}

/** A load under which a queue grows is more than it can take: to be called unhealthy then is no false alarm. */
export const keepsUp = ({ answered, pace, p50, isOurs }: Step): boolean =>
  !isOurs && answered >= 0.95 && pace >= 0.9 && p50 < 5000;
export const isFalseAlarm = (step: Step): boolean => step.called === 'unhealthy' && keepsUp(step);

export interface Flaps {
  readonly steps: readonly Step[];
  /** A second copy, where there was a false alarm. */
  readonly again: readonly Step[];
  readonly file: HealthPace;
  readonly drilled: HealthPace;
  /** Why this machine was too busy for times to mean much. */
  readonly crowd: string | undefined;
}

export function judgeFlap({ steps, again, file, drilled, crowd }: Flaps): Told {
  const evidence: Evidence[] = [
    { name: 'climb', value: steps.map(shownStep) },
    ...(again.length > 0 ? [{ name: 'a second copy', value: again.map(shownStep) }] : []),
    { name: 'checked in the file', value: shownPace(file) },
    ...(shownPace(file) === shownPace(drilled) ? [] : [{ name: 'checked here', value: shownPace(drilled) }]),
  ];
  const first = steps.find(isFalseAlarm);
  const alarm = again.find(isFalseAlarm);
  // That it passed every probe at a lower rate shows that not the machine is too slow for them, but the load too much.
  const isLoads = wasCalm(steps) && wasCalm(again);
  if (first && alarm && (crowd === undefined || isLoads))
    return broke(
      `At ${alarm.rate} requests a second it answers ${percent(alarm.answered)}, and is called unhealthy: ${alarm.words ?? 'its probes fail'}`,
      {
        evidence,
        advice: ['healthcheck: cheaper, or with a longer timeout and more retries, so that a busy service passes it'],
      },
    );
  if (first)
    return inconclusive(
      `It was called unhealthy at ${first.rate} requests a second while it answered, ${
        alarm ? `on a machine that is too busy to blame it (${crowd})` : 'and a second copy was not'
      }`,
      { evidence },
    );
  const ended = steps.find(({ called }) => called === 'ended');
  const highest = steps.filter((step) => step.called === 'healthy' && keepsUp(step)).at(-1);
  if (!highest)
    return inconclusive(
      ended
        ? `It ended at ${ended.rate} requests a second`
        : steps[0]?.isOurs
          ? `This machine was too busy to send ${steps[0].rate} requests a second`
          : `It cannot keep up with ${steps[0]?.rate ?? 0} requests a second: no load that it can answer is known (x-seaworthy: { drill: { rate } })`,
      { evidence },
    );
  const sound = steps.filter(keepsUp);
  const failed = sound.reduce((sum, step) => sum + step.failed, 0);
  const probes = sound.reduce((sum, step) => sum + step.probes, 0);
  return held(
    `Healthy up to ${highest.rate} requests a second: ${failed} of ${probes} probes failed, at most ${Math.max(...sound.map(({ streak }) => streak))} in a row`,
    { evidence },
  );
}

/** Before its false alarm, a load under which no probe failed. */
const wasCalm = (steps: readonly Step[]): boolean =>
  steps.findIndex(isFalseAlarm) > 0 && steps[0]?.failed === 0 && keepsUp(steps[0]);

function shownStep({ rate, answered, p50, probes, failed, called, isOurs }: Step): string {
  return `${rate}/s: ${percent(answered)} answered, p50 ${Math.round(p50)} ms, ${failed} of ${probes} probes failed, ${called}${isOurs ? ', sent too late by us' : ''}`;
}

/** Rounded down: 99.96 % are not all. */
function percent(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}
