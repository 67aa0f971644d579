import { field } from '../../engine/endpoint.ts';
import type { Container, Inspected } from '../../engine/container.ts';

/** A container's health test, as the engine would run it; of the file or of the image. */
export interface HealthTestBody {
  readonly command: readonly string[];
  readonly timeoutMs: number;
  readonly intervalMs: number;
  readonly startPeriodMs: number;
  readonly retries: number;
}

/** Undefined where there is none. Defaults are the engine's own (`HEALTHCHECK` in the Dockerfile reference). */
export function healthTestOf({ raw }: Inspected): HealthTestBody | undefined {
  const config = field(raw, 'Config');
  const health = field(config, 'Healthcheck');
  const test = field(health, 'Test');
  const [kind, ...words] = Array.isArray(test) ? test.map(String) : [];
  if (kind === undefined || kind === 'NONE') return undefined;
  const shell = field(config, 'Shell');
  const through = Array.isArray(shell) && shell.length > 0 ? shell.map(String) : ['/bin/sh', '-c'];
  const ms = (name: string, otherwise: number) => Number(field(health, name) ?? 0) / 1e6 || otherwise;
  return {
    command: kind === 'CMD-SHELL' ? [...through, words.join(' ')] : words,
    timeoutMs: ms('Timeout', 30_000),
    intervalMs: ms('Interval', 30_000),
    startPeriodMs: ms('StartPeriod', 0),
    retries: Number(field(health, 'Retries') ?? 0) || 3,
  };
}

export interface Probed {
  readonly ok: boolean;
  readonly output: string;
  readonly ms: number;
  readonly timedOut: boolean;
  readonly code: number | undefined;
}

/** Runs the test once. */
export async function runHealthTest(container: Container, test: HealthTestBody): Promise<Probed> {
  const { code, out, err, ms } = await container.exec(test.command, { timeoutMs: test.timeoutMs });
  return { ok: code === 0, output: `${out}${err}`.slice(0, 4096), ms, timedOut: code === undefined, code };
}
