import type { Container } from '../engine/container.ts';
import { statusOf } from '../engine/docker.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { type HealthTest, healthTestOf, patienceMs, runHealthTest } from './health-test.ts';

/** Started again so often, and never healthy: the engine has waited 12.7 s in all between its starts by then. */
const hopeless = 7;

/** How often is asked. */
const everyMs = 100;
/** So long our own probes must pass in a row: what sets itself up may be well for a moment before it is. */
const steadyMs = 500;

/** The container of a service that another one waits for; errors name the service. */
export interface Awaited {
  readonly service: string;
  readonly container: Container;
}

/**
 * Resolves when the container is healthy; rejects with `dependency-failed` when it ends, turns unhealthy, is not healthy
 * in time or has no health test, and with `interrupted` when it is called off.
 */
export async function untilHealthy(
  awaited: Awaited,
  options: {
    readonly probeOurselves: boolean;
    readonly test?: readonly string[] | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<void> {
  const { container } = awaited;
  const first = await container.inspect();
  const test = healthTestOf(first, options.test);
  if (!test) throw failed(awaited, 'has no health check, and somebody waits for it to be healthy');
  const until = performance.now() + Math.max(patienceMs(test), 30_000);
  let last = '';
  let wellSince: number | undefined;
  while (true) {
    options.signal?.throwIfAborted();
    const { state, restartCount } = await container.inspect();
    if (state.status === 'exited' || state.status === 'dead')
      throw failed(awaited, `ended with code ${state.exitCode} before it was healthy`, await lastOf(container));
    if (state.health?.status === 'healthy') return;
    if (state.health?.status === 'unhealthy' && !options.probeOurselves)
      throw failed(awaited, 'is unhealthy', state.health.log.at(-1)?.output);
    if (options.probeOurselves && state.status === 'running') {
      const probed = await probe(container, test);
      const now = performance.now();
      if (probed.passes) {
        wellSince ??= now;
        if (now - wellSince >= Math.min(steadyMs, test.intervalMs)) return;
      } else wellSince = undefined;
      last = probed.said;
    }
    if (restartCount >= hopeless)
      throw failed(awaited, `keeps ending: it was started ${restartCount + 1} times`, await lastOf(container));
    if (performance.now() > until) throw failed(awaited, 'was not healthy in time', last);
    await pause(everyMs, options.signal);
  }
}

async function probe(container: Container, test: HealthTest): Promise<{ passes: boolean; said: string }> {
  try {
    const { code, out, err } = await runHealthTest(container, test);
    return { passes: code === 0, said: code === undefined ? `no answer within ${test.timeoutMs} ms` : `${out}${err}` };
  } catch (error) {
    // 409: it has ended meanwhile, or is about to be started again.
    if (statusOf(error) !== 409) throw error;
    return { passes: false, said: '' };
  }
}

/** Resolves when the container has ended with code 0; rejects with `dependency-failed` for any other. */
export async function untilCompleted(awaited: Awaited, signal: AbortSignal | undefined): Promise<void> {
  const code = await called(awaited.container.wait(), signal);
  if (code !== 0) throw failed(awaited, `ended with code ${code}`, await lastOf(awaited.container));
}

const lastOf = (container: Container) => container.logs({ tail: 20 });

function failed({ service }: Awaited, what: string, said = ''): SeaworthyError {
  const words = said.trim();
  return new SeaworthyError('dependency-failed', `"${service}" ${what}${words === '' ? '' : `:\n${words}`}`);
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
