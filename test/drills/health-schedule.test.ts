import { expect, test } from 'vitest';
import { unscheduled } from '../../src/drills/health/health-schedule.ts';
import type { ContainerState } from '../../src/engine/container.ts';
import type { EngineInfo } from '../../src/engine/engine.ts';

const docker: EngineInfo = {
  name: 'Docker Engine',
  version: '20.10.24',
  apiVersion: '1.41',
  os: 'linux',
  architecture: 'amd64',
  kernel: '6.1',
  cgroupVersion: 2,
  isPodman: false,
  hasBuildKit: true,
  rootless: false,
  security: [],
  cpus: 4,
  memoryBytes: 8e9,
  loggingDriver: 'json-file',
};
const podman: EngineInfo = { ...docker, name: 'Podman Engine', version: '4.3.1', isPodman: true, hasBuildKit: false };
const state: ContainerState = {
  status: 'running',
  exitCode: 0,
  oomKilled: false,
  error: '',
  startedAt: '2026-01-01T00:00:00.5Z',
  finishedAt: '',
  health: { status: 'starting', failingStreak: 0, log: [] },
};
const pace = { intervalMs: 1000, timeoutMs: 2000, startPeriodMs: 0, retries: 3 };
const after = (seconds: number) => Date.parse(state.startedAt) + seconds * 1000;
const probe = { start: '', end: '', exitCode: 1, output: '' };

test('an engine that makes no probe is told by its name', () => {
  expect(unscheduled(podman, state, pace, after(8.1))).toMatch(
    /^Podman Engine 4\.3\.1 made no probe in 8 s: .*systemd/,
  );
});

test.each<[string, EngineInfo, Partial<ContainerState>, number]>([
  ['it may still come', podman, {}, 7.9],
  ['one was made', podman, { health: { status: 'starting', failingStreak: 1, log: [probe] } }, 60],
  ['it has spoken', podman, { health: { status: 'healthy', failingStreak: 0, log: [] } }, 60],
  ['there is no health check', podman, { health: undefined }, 60],
  ['it does not run', podman, { status: 'exited' }, 60],
  ['nobody knows when it was started', podman, { startedAt: '' }, 60],
  ['Docker has a scheduler of its own', docker, {}, 60],
])('not where %s', (_, engine, more, seconds) => {
  expect(unscheduled(engine, { ...state, ...more }, pace, after(seconds))).toBeUndefined();
});
