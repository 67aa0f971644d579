import type { Service } from '../../model/service.ts';
import type { ServicePlan } from '../../stack/plan.ts';
import { printDuration } from '../../vocabulary/duration.ts';

/** How often a health check is made, and how many failures in a row it takes. Milliseconds, with Docker's defaults. */
export interface HealthPace {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly startPeriodMs: number;
  readonly retries: number;
}

/** As the file and the image say. Docker reads 0 as its own default (https://docs.docker.com/reference/dockerfile/#healthcheck). */
export function paceOf(service: Service): HealthPace {
  const test = service.healthcheck.kind === 'test' ? service.healthcheck.test : undefined;
  return {
    intervalMs: test?.intervalMs || 30_000,
    timeoutMs: test?.timeoutMs || 30_000,
    startPeriodMs: test?.startPeriodMs ?? 0,
    retries: test?.retries || 3,
  };
}

/**
 * The same check, looked at more often: long intervals are 1 s, so that a drill takes seconds. `impatient` also cuts
 * long timeouts to 5 s and many retries to 3. Short ones stay as they are.
 */
export function quickened(pace: HealthPace, how: 'often' | 'impatient'): HealthPace {
  const often = { ...pace, intervalMs: pace.intervalMs > 2000 ? 1000 : pace.intervalMs };
  if (how === 'often') return often;
  return { ...often, timeoutMs: Math.min(pace.timeoutMs, 5000), retries: Math.min(pace.retries, 3) };
}

/** The service checked at another pace; the test stays what it is, wherever it comes from. */
export const atPace =
  (pace: HealthPace) =>
  (plan: ServicePlan): ServicePlan => ({
    ...plan,
    body: {
      ...plan.body,
      // Fields that are absent are taken from the image, one by one (moby, daemon/commit.go `merge`).
      Healthcheck: {
        ...plan.body.Healthcheck,
        Interval: pace.intervalMs * 1e6,
        Timeout: pace.timeoutMs * 1e6,
        StartPeriod: pace.startPeriodMs * 1e6,
        Retries: pace.retries,
      },
    },
  });

/** The longest that a fault can go unnoticed when each probe fails: by its timeout, or after `failingMs`. */
export const detectionMs = (pace: HealthPace, failingMs = pace.timeoutMs): number =>
  pace.retries * (pace.intervalMs + Math.min(failingMs, pace.timeoutMs));

/**
 * How long a boot may take before the engine says unhealthy, probes taking no time. The first probe comes after one
 * interval; those that begin within start_period do not count (moby, daemon/health.go `handleProbeResult`).
 */
export function patienceMs({ intervalMs, startPeriodMs, retries }: HealthPace): number {
  const firstThatCounts = Math.max(1, Math.ceil(startPeriodMs / intervalMs));
  return (firstThatCounts + retries - 1) * intervalMs;
}

/** `every 10s, timeout 5s, 3 retries, start_period 0s`. */
export const shownPace = (pace: HealthPace): string =>
  `every ${printDuration(pace.intervalMs)}, timeout ${printDuration(pace.timeoutMs)}, ${pace.retries} ${
    pace.retries === 1 ? 'retry' : 'retries'
  }, start_period ${printDuration(pace.startPeriodMs)}`;
