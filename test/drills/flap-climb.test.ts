import { expect, test } from 'vitest';
import { nextRate } from '../../src/drills/health/flap-climb.ts';
import type { Step } from '../../src/drills/health/flap-verdict.ts';

const at = (rate: number, more: Partial<Step> = {}): Step => ({
  rate,
  answered: 1,
  p50: 5,
  pace: 1,
  probes: 10,
  failed: 0,
  streak: 0,
  isOurs: false,
  called: 'healthy',
  words: undefined,
  ...more,
});

test.each<[string, readonly Step[], number | undefined]>([
  ['begins with the usual rate', [], 100],
  ['goes up while all is well', [at(100)], 300],
  ['ends at the top', [at(100), at(300), at(1000)], undefined],
  ['stays below what drowned it', [at(100), at(300, { pace: 0.7 })], 168],
  ['even below the usual rate', [at(100, { pace: 0.2, called: 'unhealthy' })], 16],
  ['and once only', [at(100, { pace: 0.2 }), at(16, { pace: 0.5 })], undefined],
  ['stops there where it is well', [at(100), at(300, { pace: 0.7 }), at(168)], undefined],
  ['asks nothing that it has asked already', [at(100), at(300, { pace: 0.4 })], undefined],
  ['stops at a false alarm', [at(100, { called: 'unhealthy' })], undefined],
  ['stops where it ended', [at(100, { pace: 0.2, called: 'ended' })], undefined],
  ['stops where we were too slow', [at(100, { isOurs: true })], undefined],
  ['stops where nothing was answered', [at(100, { pace: 0, answered: 0 })], undefined],
])('the climb %s', (_, steps, expected) => {
  expect(nextRate([100, 300, 1000], steps)).toBe(expected);
});
