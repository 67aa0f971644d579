import { broke, held, inconclusive, type Told } from '../drill.ts';
import { shownSeconds } from '../shown-seconds.ts';
import { ambiguity, ambiguityAdvice, isAmbiguous } from './ambiguous.ts';
import { evidenceOf, isItsOwn, latestMs, latestOf } from './health-evidence.ts';
import { type HealthPace, shownPace } from './health-pace.ts';
import type { Trial } from './health-trial.ts';
import type { Meaning } from './meaning.ts';

export interface Judged {
  readonly trials: readonly Trial[];
  /** As the file has it, and as it was drilled. */
  readonly file: HealthPace;
  readonly drilled: HealthPace;
  /** What the health check is meant to tell. */
  readonly means: Meaning;
  readonly readiness: string | undefined;
}

interface Fault {
  readonly says: string;
  readonly advice: string;
}

/** What all trials together say of a health check. */
export function judgeHealth(judged: Judged): Told {
  const { trials, means } = judged;
  const faults = trials.flatMap((trial) => faultOf(trial, means, judged.readiness) ?? []);
  const evidence = evidenceOf(judged);
  const advice = [...new Set(faults.map((fault) => fault.advice))];
  const [first, ...others] = faults;
  if (first) {
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    return broke(`${first.says}${more}`, { evidence, advice });
  }
  const late = latestOf(judged);
  if (late > latestMs)
    return broke(
      `It may be dead for ${Math.round(late / 60_000)} minutes before it is called unhealthy: ${shownPace(judged.file)}`,
      {
        evidence,
        advice: ['healthcheck: interval × retries of a minute or two'],
      },
    );
  const done = trials.filter(({ seen }) => seen !== 'not done');
  const doubtful = trials.find(({ kind, seen, note }) => kind === 'worker' && seen === 'healthy' && note !== undefined);
  if (doubtful)
    return inconclusive(`It stays healthy (${doubtful.what}): ${doubtful.note}`, {
      evidence,
      advice: ['x-seaworthy: { drill: { requests: [a path that needs that process] } }'],
    });
  const frozen = trials.find(({ kind }) => kind === 'frozen');
  if (!frozen || frozen.seen === 'not done')
    return inconclusive(`It could not be frozen: ${frozen?.note ?? 'nobody knows why'}`, { evidence });
  const unprobed = done.find(({ kind, seen }) => (kind === 'frozen' || kind === 'port') && seen === 'healthy');
  if (unprobed)
    return inconclusive(`No probe ended within ${shownSeconds(unprobed.afterMs ?? 0)} (${unprobed.what})`, {
      evidence,
    });
  const ambiguous = means === 'unsaid' ? done.find(isAmbiguous) : undefined;
  if (ambiguous) return inconclusive(ambiguity(ambiguous), { evidence, advice: ambiguityAdvice(ambiguous) });
  const noticed = done.filter(({ kind, seen }) => seen === 'unhealthy' && (means !== 'liveness' || isItsOwn(kind)));
  const slowest = Math.max(0, ...noticed.map(({ afterMs = 0 }) => afterMs));
  const deaf = done.filter(({ kind, seen }) => kind === 'dependency' && seen === 'healthy').length;
  const alive = deaf > 0 ? `, and left it alone in ${deaf} outage${deaf === 1 ? '' : 's'} of others` : '';
  const isFull = done.some(({ kind, serving }) => kind === 'disk' && serving === false);
  return held(
    `It noticed what it must (${noticed.map(({ what }) => what).join('; ')}), at the latest after ${shownSeconds(slowest)}${alive}`,
    {
      evidence,
      advice: [
        ...(isFull ? ['its readiness: says no while its disk is full and every request fails'] : []),
        ...(means === 'unsaid' && noticed.some(({ kind }) => kind === 'dependency') ? [noRestart] : []),
      ],
    },
  );
}

const noRestart =
  'where something restarts what is unhealthy (Swarm does): a check of the process alone, and a route of its own for readiness';

function faultOf(trial: Trial, means: Judged['means'], readiness: string | undefined): Fault | undefined {
  const { kind, seen, what, afterMs = 0, passed = 0, words } = trial;
  const after = shownSeconds(afterMs);
  const blind = { advice: 'healthcheck: asks the service itself, at the port it serves, and fails without an answer' };
  if (kind === 'port' && trial.serving === false)
    return {
      says: `It is called healthy, and nobody can reach it: its ${what}`,
      advice: 'it listens at 0.0.0.0, and its health check fails where others would',
    };
  if (seen === 'healthy' && passed > 0 && kind === 'frozen')
    return { ...blind, says: `Frozen for ${after}, it was still called healthy: ${passed} probes passed` };
  if (seen === 'healthy' && passed > 0 && kind === 'port')
    return { ...blind, says: `With its ${what} for ${after} it was still called healthy: ${passed} probes passed` };
  if (kind === 'dependency') return outageFault(trial, means, readiness);
  // A restart gives nobody room: to stay alive with a full disk is right, and to be ready is not.
  const mayStay = kind === 'disk' && means !== 'readiness';
  if (seen === 'healthy' && trial.serving === false && !mayStay)
    return { ...blind, says: `It says healthy while every request fails (${what}, for ${after})` };
  if (trial.isWellAgain === false)
    return {
      says: `It answers again and is still called unhealthy (after: ${what})${words ? `: ${words}` : ''}`,
      advice: 'healthcheck: passes again as soon as the service serves again',
    };
  return undefined;
}

/** 502 and 504: it serves, and says of whom it got no answer. */
const isGateway = ({ failedWith }: Trial): boolean => failedWith === 502 || failedWith === 504;

function outageFault(trial: Trial, means: Judged['means'], readiness: string | undefined): Fault | undefined {
  const { seen, what, words, afterMs = 0 } = trial;
  if (means === 'liveness' && seen === 'unhealthy')
    return {
      says: `With ${what} it is called unhealthy after ${shownSeconds(afterMs)}${words ? ` (${words})` : ''}: an outage there takes this service down too`,
      advice:
        'healthcheck: asks only whether the service itself is alive; what it depends on belongs to readiness (or say x-seaworthy: { drill: { health: readiness } })',
    };
  if (means === 'unsaid' && seen === 'unhealthy' && trial.serving === true)
    return {
      says: `With ${what} it is called unhealthy after ${shownSeconds(afterMs)}${words ? ` (${words})` : ''}, and it goes on answering its requests`,
      advice: 'healthcheck: fails only while the service itself cannot serve',
    };
  // It has no readiness that could tell; what is not said to be about the process alone is about the service.
  if (means === 'unsaid' && seen === 'healthy' && trial.serving === false && !isGateway(trial))
    return {
      says: `With ${what} every request fails (${trial.failedWith ?? 'no answer'}), and nothing tells: it is called healthy`,
      advice:
        'its health check, or a readiness route, says no while it cannot serve (where the check is meant for the process alone: x-seaworthy: { drill: { health: liveness } })',
    };
  if (means === 'readiness' && seen === 'healthy' && trial.serving === false)
    return {
      says: `With ${what} every request fails, and it is still called healthy`,
      advice: 'healthcheck: fails while the service cannot serve, as its readiness is meant to tell',
    };
  if (trial.readinessMs === 'never' && trial.serving === false)
    return {
      says: `With ${what} every request fails, and ${readiness} still says ready`,
      advice: `${readiness}: answers 503 while the service cannot serve`,
    };
  if (trial.isWellAgain === false)
    return {
      says: `It answers again and is still called unhealthy (after: ${what})`,
      advice: 'healthcheck: passes again as soon as the service serves again',
    };
  return undefined;
}
