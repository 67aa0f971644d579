import { expect, test } from 'vitest';
import type { Inspected } from '../../src/engine/container.ts';
import { healthTestOf } from '../../src/stack/health-test.ts';

const inspected = (Test: readonly string[]): Inspected => ({
  id: 'c',
  name: 'c',
  image: 'i',
  state: {
    status: 'running',
    exitCode: 0,
    oomKilled: false,
    error: '',
    startedAt: '',
    finishedAt: '',
    health: undefined,
  },
  restartCount: 0,
  pid: 1,
  labels: {},
  logPath: '',
  networks: {},
  raw: { Config: { Healthcheck: { Test, Interval: 1e9 } } },
});

test('the test that a container was given is not split at its spaces, as Podman tells it', () => {
  const split = inspected(['CMD', 'node', '-e', 'a', '(b)']);
  expect(healthTestOf(split, ['CMD', 'node', '-e', 'a (b)'])?.command).toEqual(['node', '-e', 'a (b)']);
  expect(healthTestOf(split, ['CMD', 'node', '-e', 'a (b)'])?.intervalMs).toBe(1000);
  expect(healthTestOf(split)?.command).toEqual(['node', '-e', 'a', '(b)']);
  expect(healthTestOf(split, ['NONE'])).toBeUndefined();
});
