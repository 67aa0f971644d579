import type { Inspected } from '../../engine/container.ts';
import { healthTestOf } from '../../stack/health-test.ts';

/** How long a start may take: until the engine would call it unhealthy, and never less than 5 s; 30 s where nothing checks it. Milliseconds. */
export function startPatienceMs(inspected: Inspected): number {
  const test = healthTestOf(inspected);
  if (!test) return 30_000;
  // Failures count from the end of start_period on, and it takes as many in a row as there are retries (moby, daemon/health.go).
  return Math.max(5000, test.startPeriodMs + test.retries * (test.intervalMs + test.timeoutMs));
}
