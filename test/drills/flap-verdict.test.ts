import { describe, expect, test } from 'vitest';
import { judgeFlap, keepsUp, type Step } from '../../src/drills/health/flap-verdict.ts';
import type { HealthPace } from '../../src/drills/health/health-pace.ts';

const pace: HealthPace = { intervalMs: 1000, timeoutMs: 2000, startPeriodMs: 0, retries: 3 };
const well: Step = {
  rate: 100,
  answered: 1,
  p50: 12,
  pace: 1,
  probes: 10,
  failed: 0,
  streak: 0,
  isOurs: false,
  called: 'healthy',
  words: undefined,
};
const alarm: Step = { ...well, rate: 300, failed: 6, streak: 6, called: 'unhealthy', words: 'timed out' };
const drowned: Step = { ...alarm, rate: 1000, pace: 0.5 };

describe('under load', () => {
  test.each<[string, readonly Step[], readonly Step[], string, string, string?]>([
    ['well all the way', [well, { ...well, rate: 1000 }], [], 'held', 'up to 1000 requests a second: 0 of 20'],
    ['one probe fails, which is no alarm', [{ ...well, failed: 1, streak: 1 }], [], 'held', '1 of 10 probes'],
    ['a false alarm, twice', [well, alarm], [alarm], 'broke', 'At 300 requests a second it answers 100 %'],
    [
      'and at a higher rate the second time',
      [well, alarm],
      [
        { ...well, rate: 300 },
        { ...alarm, rate: 1000 },
      ],
      'broke',
      'At 1000',
    ],
    [
      'and nobody could have passed at any rate',
      [alarm],
      [alarm],
      'inconclusive',
      'too busy to blame it (46',
      '46 processes want its 4 CPUs',
    ],
    [
      'and a busy machine passed the probes at a lower rate',
      [well, alarm],
      [well, alarm],
      'broke',
      'At 300',
      '46 processes want its 4 CPUs',
    ],
    ['a false alarm, once', [well, alarm], [{ ...well, rate: 300 }], 'inconclusive', 'and a second copy was not'],
    ['a false alarm, and no second run', [well, alarm], [], 'inconclusive', 'second copy was not'],
    ['sick of more than it can take', [well, drowned], [], 'held', 'up to 100'],
    ['too much from the start', [{ ...well, answered: 0.4 }], [], 'inconclusive', 'cannot keep up with 100'],
    ['dead of it', [{ ...well, called: 'ended', answered: 0.2 }], [], 'inconclusive', 'ended at 100'],
    ['our own fault', [{ ...well, isOurs: true }], [], 'inconclusive', 'This machine was too busy'],
  ])('%s', (_, steps, again, outcome, words, crowd) => {
    const told = judgeFlap({ steps, again, file: pace, drilled: pace, crowd });
    expect(told.outcome).toBe(outcome);
    expect(told.summary).toContain(words);
  });
});

test.each<[Partial<Step>, boolean]>([
  [{}, true],
  [{ answered: 0.95, pace: 0.9, p50: 4999 }, true],
  [{ answered: 0.94 }, false],
  [{ pace: 0.89 }, false],
  [{ p50: 5000 }, false],
  [{ isOurs: true }, false],
])('it keeps up: %o', (part, expected) => {
  expect(keepsUp({ ...well, ...part })).toBe(expected);
});
