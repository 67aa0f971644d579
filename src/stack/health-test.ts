import type { Container, Inspected, Ran } from '../engine/container.ts';

/** The health test that a container runs with: Compose's over the image's, as the engine put them together. */
export interface HealthTest {
  readonly command: readonly string[];
  readonly timeoutMs: number;
  readonly intervalMs: number;
  readonly startPeriodMs: number;
  readonly retries: number;
}

/**
 * Undefined where nothing is tested. `given`: the test that the container was created with, where it was; Podman tells and
 * runs another, for it splits the words of `CMD` at their spaces (measured, 4.3.1).
 * Defaults are the engine's:
 * https://docs.docker.com/reference/dockerfile/#healthcheck
 */
export function healthTestOf({ raw }: Inspected, given: readonly string[] = []): HealthTest | undefined {
  const config = fieldOf(raw, 'Config');
  const health = fieldOf(config, 'Healthcheck');
  const [kind, ...words] = given.length > 0 ? given : textsOf(fieldOf(health, 'Test'));
  if (kind === undefined || kind === 'NONE' || words.length === 0) return undefined;
  const shell = textsOf(fieldOf(config, 'Shell'));
  const ms = (name: string, otherwise: number) => {
    const value = fieldOf(health, name);
    return typeof value === 'number' && value > 0 ? value / 1e6 : otherwise;
  };
  const retries = fieldOf(health, 'Retries');
  return {
    command: kind === 'CMD' ? words : [...(shell.length > 0 ? shell : ['/bin/sh', '-c']), words.join(' ')],
    timeoutMs: ms('Timeout', 30_000),
    intervalMs: ms('Interval', 30_000),
    startPeriodMs: ms('StartPeriod', 0),
    retries: typeof retries === 'number' && retries > 0 ? retries : 3,
  };
}

/** Runs it once, as the engine would: as the container's own user, in its own directory. */
export function runHealthTest(container: Container, test: HealthTest): Promise<Ran> {
  return container.exec(test.command, { timeoutMs: test.timeoutMs });
}

/** How long the engine itself would wait before it says unhealthy, no test ever passing. */
export function patienceMs({ startPeriodMs, intervalMs, timeoutMs, retries }: HealthTest): number {
  return startPeriodMs + retries * (intervalMs + timeoutMs);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
