import type { Container } from '../engine/container.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { healthTestOf, patienceMs, runHealthTest } from './health-test.ts';

/** How often is asked. */
const everyMs = 100;
/** So long our own probes must pass in a row: what sets itself up may be well for a moment before it is. */
const steadyMs = 500;

/**
 * Resolves when the container is healthy; rejects with `dependency-failed` when it ends, turns unhealthy or has no health
 * test, and with `interrupted` when it is called off.
 */
export async function untilHealthy(
  container: Container,
  options: {
    readonly probeOurselves: boolean;
    readonly test?: readonly string[] | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<void> {
  const first = await container.inspect();
  const test = healthTestOf(first, options.test);
  if (!test) throw failed(container, 'has no health check, and somebody waits for it to be healthy');
  const until = performance.now() + Math.max(patienceMs(test), 30_000);
  let last = '';
  let wellSince: number | undefined;
  while (true) {
    options.signal?.throwIfAborted();
    const { state } = await container.inspect();
    if (state.status === 'exited' || state.status === 'dead')
      throw failed(
        container,
        `ended with code ${state.exitCode} before it was healthy`,
        await container.logs({ tail: 20 }),
      );
    if (state.health?.status === 'healthy') return;
    if (state.health?.status === 'unhealthy' && !options.probeOurselves)
      throw failed(container, 'is unhealthy', state.health.log.at(-1)?.output);
    if (options.probeOurselves && state.status === 'running') {
      const ran = await runHealthTest(container, test);
      const now = performance.now();
      if (ran.code === 0) {
        wellSince ??= now;
        if (now - wellSince >= Math.min(steadyMs, test.intervalMs)) return;
      } else wellSince = undefined;
      last = ran.code === undefined ? `no answer within ${test.timeoutMs} ms` : `${ran.out}${ran.err}`;
    }
    if (performance.now() > until) throw failed(container, 'was not healthy in time', last);
    await pause(everyMs, options.signal);
  }
}

/** Resolves when the container has ended with code 0; rejects with `dependency-failed` for any other. */
export async function untilCompleted(container: Container, signal: AbortSignal | undefined): Promise<void> {
  const code = await called(container.wait(), signal);
  if (code !== 0) throw failed(container, `ended with code ${code}`, await container.logs({ tail: 20 }));
}

function failed(container: Container, what: string, said = ''): SeaworthyError {
  const words = said.trim();
  return new SeaworthyError('dependency-failed', `${container.name} ${what}${words === '' ? '' : `:\n${words}`}`);
}

/** The promise, or a rejection as soon as it is called off. What becomes of the promise then is nobody's concern. */
export function called<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const off = () => reject(signal.reason);
    signal.addEventListener('abort', off, { once: true });
    // Also when it is called off already: a failure that nobody hears of would end the process.
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', off));
    if (signal.aborted) off();
  });
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return called(passed, signal).finally(() => clearTimeout(timer));
}
