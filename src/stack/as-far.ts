import type { Container } from '../engine/container.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { allOf } from './all-of.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import type { DependencyPlan } from './plan.ts';
import type { RunningStack } from './running-stack.ts';
import { called, untilCompleted, untilHealthy } from './wait-for.ts';

/** Waits until a dependency is as far as it is to be. */
export async function asFar(stack: RunningStack, dependency: DependencyPlan, options: BringUpOptions): Promise<void> {
  const { service, condition, required } = dependency;
  const { probeOurselves = false } = options;
  try {
    if (condition === 'service_healthy') {
      options.onStep?.(`waiting until ${service} is healthy`);
      await untilAllHealthy(stack, service, options, probeOurselves);
    } else if (condition === 'service_completed_successfully') {
      options.onStep?.(`waiting until ${service} has ended`);
      await allOf(stack.containersOf(service).map((container) => completed(stack, service, container, options)));
    }
  } catch (error) {
    if (required || !isTheirs(error)) throw error;
    options.onStep?.(`going on without ${service}: ${error.message}`);
  }
}

const isTheirs = (error: unknown): error is SeaworthyError =>
  error instanceof SeaworthyError && error.code === 'dependency-failed';

async function untilAllHealthy(
  stack: RunningStack,
  service: string,
  { signal }: BringUpOptions,
  probeOurselves: boolean,
): Promise<void> {
  const test = stack.plan.services.find(({ name }) => name === service)?.body.Healthcheck?.Test;
  await allOf(
    stack
      .containersOf(service)
      .map((container) => untilHealthy({ service, container }, { probeOurselves, signal, test })),
  );
}

async function completed(stack: RunningStack, service: string, container: Container, options: BringUpOptions) {
  try {
    await untilCompleted({ service, container }, options.signal);
  } catch (error) {
    const waitedFor = stack.plan.services
      .find(({ name }) => name === service)
      ?.dependsOn.filter(({ condition }) => condition === 'service_healthy');
    if (options.probeOurselves !== true || !waitedFor?.length || !isTheirs(error)) throw error;
    await again(stack, service, container, waitedFor, options);
  }
}

/** By container: several may wait for one. */
const secondTries = new WeakMap<Container, Promise<void>>();

/**
 * Our own probes come sooner than the engine's: Postgres says that it is ready to `pg_isready` while it still sets itself
 * up and takes no connections. A job that failed then is started once more when the engine, too, says healthy, which is
 * when it would have been started at all.
 */
function again(
  stack: RunningStack,
  service: string,
  container: Container,
  waitedFor: readonly DependencyPlan[],
  options: BringUpOptions,
): Promise<void> {
  const trying = secondTries.get(container);
  if (trying) return trying;
  const second = (async () => {
    options.onStep?.(`starting ${service} once more when the engine says that what it needs is healthy`);
    await allOf(waitedFor.map((one) => untilAllHealthy(stack, one.service, options, false)));
    await called(container.start(), options.signal);
    await untilCompleted({ service, container }, options.signal);
  })();
  secondTries.set(container, second);
  return second;
}
