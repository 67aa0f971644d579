import type { Evidence } from '../../vocabulary/drill.ts';
import { shownSeconds } from '../shown-seconds.ts';
import { detectionMs, shownPace } from './health-pace.ts';
import type { Trial } from './health-trial.ts';
import type { Judged } from './health-verdict.ts';

/** Faults of the service itself, which its liveness must notice. */
export const isItsOwn = (kind: Trial['kind']): boolean => kind !== 'dependency' && kind !== 'disk';

/** Nobody means that long; the slowest that examples in Docker's own pages show is five minutes. */
export const latestMs = 20 * 60_000;

const ownNoticed = (trials: readonly Trial[]): readonly Trial[] =>
  trials.filter(({ kind, seen }) => seen === 'unhealthy' && isItsOwn(kind));

/** How long a fault that was noticed here stays unnoticed at the file's pace. */
export function latestOf({ trials, file }: Judged): number {
  const noticed = ownNoticed(trials);
  if (noticed.length === 0) return 0;
  return detectionMs(file, Math.max(0, ...noticed.map((trial) => trial.failingMs ?? 0)));
}

export function evidenceOf(judged: Judged): Evidence[] {
  const { trials, file, drilled, means } = judged;
  const noticed = ownNoticed(trials);
  const atFile = latestOf(judged);
  return [
    { name: 'trials', value: trials.map((trial) => shownTrial(trial, means)) },
    ...(noticed.length > 0
      ? [
          {
            name: 'slowest to be noticed',
            value: Math.round(Math.max(...noticed.map(({ afterMs = 0 }) => afterMs)) / 100) / 10,
            unit: 's',
          },
          { name: "unnoticed at the file's pace, at most", value: Math.round(atFile / 100) / 10, unit: 's' },
        ]
      : []),
    { name: 'checked in the file', value: shownPace(file) },
    ...(shownPace(file) === shownPace(drilled) ? [] : [{ name: 'checked here', value: shownPace(drilled) }]),
  ];
}

/** `frozen: unhealthy expected, unhealthy after 3.4 s (Health check exceeded timeout (2s))`. */
export function shownTrial(trial: Trial, means: Judged['means']): string {
  const { kind, what, seen, afterMs, words, note, serving, failedWith, readinessMs } = trial;
  if (seen === 'not done') return `${what}: not done, ${note ?? 'nobody knows why'}`;
  const expected =
    kind === 'frozen' || kind === 'port'
      ? 'unhealthy'
      : kind === 'dependency' && means === 'liveness'
        ? 'healthy'
        : 'unhealthy unless it serves';
  const saw = afterMs === undefined ? seen : `${seen} ${seen === 'healthy' ? 'for' : 'after'} ${shownSeconds(afterMs)}`;
  const more = [
    ...(words === undefined ? [] : [words]),
    ...(serving === undefined
      ? []
      : [serving ? 'requests answered' : `every request failed${failedWith ? ` (${failedWith})` : ''}`]),
    ...(readinessMs === undefined
      ? []
      : [readinessMs === 'never' ? 'readiness never flipped' : `readiness flipped after ${shownSeconds(readinessMs)}`]),
    ...(note === undefined ? [] : [note]),
  ];
  const isOpen =
    means === 'unsaid' ? kind === 'disk' || kind === 'dependency' : kind === 'disk' && means === 'liveness';
  const wanted = isOpen ? '' : `expected ${expected}, `;
  return `${what}: ${wanted}saw ${saw}${more.length > 0 ? ` (${more.join('; ')})` : ''}`;
}
