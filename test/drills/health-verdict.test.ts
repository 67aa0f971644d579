import { describe, expect, test } from 'vitest';
import type { HealthPace } from '../../src/drills/health/health-pace.ts';
import { type Trial, windowOf } from '../../src/drills/health/health-trial.ts';
import { type Judged, judgeHealth } from '../../src/drills/health/health-verdict.ts';

const pace: HealthPace = { intervalMs: 30_000, timeoutMs: 5000, startPeriodMs: 0, retries: 3 };
const fast: HealthPace = { ...pace, intervalMs: 1000 };

const frozen: Trial = { kind: 'frozen', what: 'frozen', seen: 'unhealthy', afterMs: 16_000, isWellAgain: true };
const port: Trial = { kind: 'port', what: 'port 80 closed', seen: 'unhealthy', afterMs: 3000, isWellAgain: true };
const worker: Trial = { kind: 'worker', what: 'killed: worker', seen: 'recovered', afterMs: 900 };
const cut: Trial = {
  kind: 'dependency',
  what: 'db cut off',
  seen: 'healthy',
  afterMs: 8000,
  serving: false,
  readinessMs: 1500,
  isWellAgain: true,
};
const disk: Trial = { kind: 'disk', what: 'disk full: /data', seen: 'healthy', afterMs: 8000, serving: true };

const judged = (trials: readonly Trial[], more: Partial<Judged> = {}) =>
  judgeHealth({ trials, file: pace, drilled: fast, means: 'liveness', readiness: '/ready', ...more });

describe('a health check', () => {
  test.each<[string, readonly Trial[], Partial<Judged>, string, string]>([
    [
      'that notices all and stays out of what is not its own',
      [frozen, port, worker, cut, disk],
      {},
      'held',
      '(frozen; port 80 closed), at the latest after 16 s',
    ],
    ['that leaves an outage alone', [frozen, cut], {}, 'held', 'left it alone in 1 outage'],
    ['that is blind to a freeze', [{ ...frozen, seen: 'healthy', passed: 9 }], {}, 'broke', '9 probes passed'],
    ['that is blind to its port', [frozen, { ...port, seen: 'healthy', passed: 3 }], {}, 'broke', 'port 80 closed'],
    ['that was not made meanwhile', [{ ...frozen, seen: 'healthy', passed: 0 }], {}, 'inconclusive', 'No probe ended'],
    ['whose container ended', [frozen, { ...worker, seen: 'ended' }], {}, 'held', ''],
    [
      'that lies about a dead worker',
      [frozen, { ...worker, seen: 'healthy', serving: false }],
      {},
      'broke',
      'every request fails',
    ],
    [
      'of which no request tells whether the worker was needed',
      [frozen, { ...worker, seen: 'healthy', note: 'nothing started it again' }],
      {},
      'inconclusive',
      'nothing started it again',
    ],
    ['for liveness alone', [frozen, { ...cut, failedWith: 500 }], {}, 'held', 'left it alone in 1 outage'],
    [
      'that asks the database',
      [frozen, { ...cut, seen: 'unhealthy', words: 'db: timeout' }],
      {},
      'broke',
      'db cut off it is called unhealthy after 8.0 s (db: timeout)',
    ],
    ['that is meant to', [frozen, { ...cut, seen: 'unhealthy' }], { means: 'readiness' }, 'held', ''],
    ['that is meant to, and does not', [frozen, cut], { means: 'readiness' }, 'broke', 'still called healthy'],
    [
      'beside a readiness that lies',
      [frozen, { ...cut, readinessMs: 'never' }],
      {},
      'broke',
      '/ready still says ready',
    ],
    [
      'beside a readiness that need not flip',
      [frozen, { ...cut, readinessMs: 'never', serving: true }],
      {},
      'held',
      '',
    ],
    [
      'of which nobody knows whether the outage mattered',
      [frozen, { kind: 'dependency', what: 'db cut off', seen: 'healthy', afterMs: 8000, readinessMs: 'never' }],
      {},
      'held',
      '',
    ],
    ['that stays sick', [{ ...frozen, isWellAgain: false }], {}, 'broke', 'still called unhealthy'],
    [
      'that is ready with a full disk and no answer',
      [frozen, { ...disk, serving: false }],
      { means: 'readiness' },
      'broke',
      'disk full',
    ],
    [
      'of what could not be frozen',
      [{ kind: 'frozen', what: 'frozen', seen: 'not done', note: 'no rights' }],
      {},
      'inconclusive',
      'no rights',
    ],
  ])('%s', (_, trials, more, outcome, words) => {
    const told = judged(trials, more);
    expect(told.outcome).toBe(outcome);
    expect(told.summary).toContain(words);
    expect((told.advice ?? []).length > 0).toBe(outcome === 'broke' || words === 'nothing started it again');
  });

  test('that is alive with a full disk, where no restart would help', () => {
    const told = judged([frozen, { ...disk, serving: false }]);
    expect(told.outcome).toBe('held');
    expect(told.advice).toEqual(['its readiness: says no while its disk is full and every request fails']);
  });

  const { serving: _, ...wordless } = { ...cut, seen: 'unhealthy' as const };
  test.each<[string, Partial<Trial>, string, string]>([
    ['goes down with it, as its requests do', { seen: 'unhealthy' }, 'held', 'db cut off'],
    ['goes down, and nobody asks for more', wordless, 'inconclusive', 'right for readiness, wrong for liveness'],
    [
      'does not, while every request fails',
      { failedWith: 503 },
      'broke',
      'every request fails (503), and nothing tells',
    ],
    ['does not, while requests get no answer', {}, 'broke', 'every request fails (no answer)'],
    ['does not, and says who is gone', { failedWith: 502 }, 'inconclusive', 'right for liveness, wrong for readiness'],
    ['does, while it serves all the same', { seen: 'unhealthy', serving: true }, 'broke', 'goes on answering'],
    ['does not, and serves', { serving: true }, 'held', 'left it alone'],
  ])('of which nobody says what it is for, in an outage: it %s', (_, more, outcome, words) => {
    const trial = more === wordless ? wordless : { ...cut, ...more };
    const told = judged([frozen, trial], { means: 'unsaid', readiness: undefined });
    expect(told.outcome).toBe(outcome);
    expect(told.summary).toContain(words);
    expect(`${told.advice?.join(' ')}`.includes('health: readiness')).toBe(outcome === 'inconclusive');
    expect(`${told.advice?.join(' ')}`.includes('health: liveness')).toBe(outcome === 'broke' && !more.serving);
  });

  test('of which nobody says what it is for, with a full disk', () => {
    const told = judged([frozen, { ...disk, serving: false }], { means: 'unsaid' });
    expect(told.outcome).toBe('inconclusive');
    expect(told.summary).toContain('disk full: /data every request fails, and it is called healthy');
  });

  test('that gives up after an hour', () => {
    const told = judged([{ ...frozen, failingMs: 100 }], { file: { ...pace, intervalMs: 60_000, retries: 60 } });
    expect(told.outcome).toBe('broke');
    expect(told.summary).toMatch(/^It may be dead for 60 minutes before it is called unhealthy: every 1m/);
  });

  test('of what only itself can reach', () => {
    const only: Trial = { kind: 'port', what: 'port 80 listens at localhost only', seen: 'healthy', serving: false };
    expect(judged([frozen, only]).summary).toContain('nobody can reach it: its port 80 listens at localhost only');
  });

  test('all that was tried is told, with the time that the file would take', () => {
    const evidence = judged([
      { ...frozen, failingMs: 5000, words: 'Health check exceeded timeout (5s)' },
      cut,
    ]).evidence;
    expect(Object.fromEntries((evidence ?? []).map(({ name, value }) => [name, value]))).toEqual({
      trials: [
        'frozen: expected unhealthy, saw unhealthy after 16 s (Health check exceeded timeout (5s))',
        'db cut off: expected healthy, saw healthy for 8.0 s (every request failed; readiness flipped after 1.5 s)',
      ],
      'slowest to be noticed': 16,
      "unnoticed at the file's pace, at most": 105,
      'checked in the file': 'every 30s, timeout 5s, 3 retries, start_period 0s',
      'checked here': 'every 1s, timeout 5s, 3 retries, start_period 0s',
    });
  });
});

test('a fault is waited for as long as the file allows, within bounds', () => {
  expect(windowOf(pace, fast)).toBe(45_000);
  expect(windowOf(fast, fast)).toBe(32_000);
  const slow = { ...fast, timeoutMs: 20_000 };
  expect(windowOf(slow, slow)).toBe(99_500);
});
