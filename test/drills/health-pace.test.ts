import { describe, expect, test } from 'vitest';
import {
  atPace,
  detectionMs,
  type HealthPace,
  patienceMs,
  quickened,
  shownPace,
} from '../../src/drills/health/health-pace.ts';
import type { ServicePlan } from '../../src/stack/plan.ts';

const pace = (part: Partial<HealthPace> = {}): HealthPace => ({
  intervalMs: 30_000,
  timeoutMs: 30_000,
  startPeriodMs: 0,
  retries: 3,
  ...part,
});

describe('how long a boot may take', () => {
  // moby, daemon/health.go: probes begin after 1, 2, 3 … intervals; those that begin before start_period do not count.
  test.each([
    ['3 probes at 30, 60 and 90 s', {}, 90_000],
    ['start_period below the first probe changes nothing', { startPeriodMs: 5000 }, 90_000],
    ['40 s: the probe at 30 s does not count', { startPeriodMs: 40_000 }, 120_000],
    ['30 s exactly: the probe at 30 s counts', { startPeriodMs: 30_000 }, 90_000],
    ['1 s, 1 s, 3 retries', { intervalMs: 1000, startPeriodMs: 1000 }, 3000],
    ['one retry', { intervalMs: 10_000, startPeriodMs: 60_000, retries: 1 }, 60_000],
  ])('%s', (_, part, expected) => {
    expect(patienceMs(pace(part))).toBe(expected);
  });
});

test('a fault goes unnoticed for retries times interval and timeout, or less where probes fail at once', () => {
  expect(detectionMs(pace())).toBe(180_000);
  expect(detectionMs(pace({ timeoutMs: 5000 }))).toBe(105_000);
  expect(detectionMs(pace({ timeoutMs: 5000 }), 100)).toBe(90_300);
  expect(detectionMs(pace({ timeoutMs: 5000 }), 99_000)).toBe(105_000);
});

test.each([
  ['often', {}, 'every 1s, timeout 30s, 3 retries, start_period 0s'],
  ['impatient', { retries: 10 }, 'every 1s, timeout 5s, 3 retries, start_period 0s'],
  ['impatient', { intervalMs: 2000, timeoutMs: 3000, retries: 1 }, 'every 2s, timeout 3s, 1 retry, start_period 0s'],
  ['often', { intervalMs: 500, startPeriodMs: 90_000 }, 'every 500ms, timeout 30s, 3 retries, start_period 1m30s'],
] as const)('quickened %s', (how, part, expected) => {
  expect(shownPace(quickened(pace(part), how))).toBe(expected);
});

test('a plan at another pace keeps its test, and none where the image has it', () => {
  const plan = (Healthcheck?: object) =>
    ({ body: { Image: 'x', Labels: {}, HostConfig: {}, ...(Healthcheck ? { Healthcheck } : {}) } }) as ServicePlan;
  const fast = pace({ intervalMs: 1000, timeoutMs: 2000 });
  const numbers = { Interval: 1e9, Timeout: 2e9, StartPeriod: 0, Retries: 3 };
  expect(atPace(fast)(plan({ Test: ['CMD', 'true'], Interval: 9e9 })).body.Healthcheck).toEqual({
    Test: ['CMD', 'true'],
    ...numbers,
  });
  expect(atPace(fast)(plan()).body.Healthcheck).toEqual(numbers);
});
