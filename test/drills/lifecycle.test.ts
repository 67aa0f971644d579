import { describe, expect, test } from 'vitest';
import { type Cycle, clockTold } from '../../src/drills/clock.ts';
import { slackFrom } from '../../src/drills/health/machine-slack.ts';
import { downMs, givingUp } from '../../src/drills/stopping/crash.ts';
import { type CrashLoop, isBounded } from '../../src/drills/stopping/crash-loop.ts';
import type { Family } from '../../src/drills/stopping/family.ts';
import { passingFault } from '../../src/drills/stopping/passing-fault.ts';
import { restartPolicyOf } from '../../src/drills/stopping/restart-policy.ts';
import type { Passing } from '../../src/drills/stopping/signal-passing.ts';
import { shownSpread } from '../../src/drills/stopping/spread.ts';
import { keepsGrowing } from '../../src/drills/stopping/zombies.ts';
import type { ServicePlan } from '../../src/stack/plan.ts';
import { someProcess } from './some-process.ts';

test.each<[number[], boolean]>([
  [[0, 40, 80], true],
  [[0, 2, 4], true],
  [[0, 0, 0], false],
  [[0, 1, 1], false],
  [[0, 1, 2], false],
  [[5, 5, 5], false],
  [[5, 45, 44], false],
  [[0, 40], false],
])('zombies %j keep growing: %s', (counts, grows) => {
  expect(keepsGrowing(counts)).toBe(grows);
});

describe('what is wrong with how the stop signal is passed on', () => {
  const shell = someProcess(1, 0, ['/bin/sh', '-c', 'node server.js']);
  const node = someProcess(7, 1, ['node', 'server.js']);
  const below: Family = { first: shell, kind: 'shell', apps: [node] };
  const itself: Family = { first: someProcess(1, 0, ['node', 'server.js']), kind: 'app', apps: [] };
  test.each<[Passing, Family, string | undefined]>([
    [{ what: 'passed', to: [node], notTo: [] }, below, undefined],
    [{ what: 'ended', exitCode: 0 }, below, undefined],
    [{ what: 'left-later', afterMs: 2100 }, below, undefined],
    [{ what: 'handled' }, itself, undefined],
    [
      { what: 'unheard' },
      below,
      'Process 1 (/bin/sh -c node server.js) does not pass SIGTERM on: the app (node server.js) never got it',
    ],
    [{ what: 'unheard' }, itself, 'SIGTERM does nothing: process 1 (node server.js) has no handler for it'],
    [{ what: 'left-alone' }, below, 'left at SIGTERM without waiting for the app (node server.js)'],
  ])('%j', (passing, family, fault) => {
    const said = passingFault(passing, family, 'SIGTERM');
    if (fault === undefined) expect(said).toBeUndefined();
    else {
      expect(said?.summary).toContain(fault);
      expect(said?.advice.length).toBeGreaterThan(0);
    }
  });
});

test.each([
  ['0.20 0.18 0.12 1/80 11206', 'cpu  1 2\ncpu0 1 2\ncpu1 1 2\nintr 5\n', 1],
  ['6.00 0.18 0.12 1/80 11206', 'cpu  1 2\ncpu0 1 2\ncpu1 1 2\n', 3],
  ['0.20 0.18 0.12 8/80 11206', 'cpu  1 2\ncpu0 1 2\ncpu1 1 2\n', 4],
  ['54.0 48.0 31.0 60/800 1', 'cpu  1 2\ncpu0 1 2\n', 5],
  ['', '', 1],
])('on a machine of load %j', (load, stat, slack) => {
  expect(slackFrom(load, stat)).toBe(slack);
});

test.each<[CrashLoop, boolean]>([
  [{ crashes: 5, gapsMs: [300, 400, 600, 1000, 1800], gaveUp: false }, true],
  [{ crashes: 5, gapsMs: [300, 310, 290, 320, 300], gaveUp: false }, false],
  [{ crashes: 3, gapsMs: [300, 310], gaveUp: true }, true],
])('a crash loop %j is bounded: %s', (loop, bounded) => {
  expect(isBounded(loop)).toBe(bounded);
});

test('how long it was down', () => {
  const event = (action: string, at: number) => ({
    container: 'c',
    name: 'n',
    action,
    at,
    exitCode: undefined,
    signal: undefined,
  });
  expect(downMs([event('kill', 0), event('die', 10), event('start', 280), event('die', 300)])).toBe(270);
  expect(downMs([event('start', 5), event('die', 10)])).toBeUndefined();
});

test('a moment of "exited" is not giving up', () => {
  const gaveUp = givingUp({ isPodman: false });
  expect(gaveUp({ status: 'exited' })).toBe(false);
  expect(gaveUp({ status: 'restarting' })).toBe(false);
});

test.each([
  [undefined, 'no', undefined],
  [{ Name: '' }, 'no', undefined],
  [{ Name: 'always' }, 'always', undefined],
  [{ Name: 'on-failure' }, 'on-failure', undefined],
  [{ Name: 'on-failure', MaximumRetryCount: 3 }, 'on-failure:3', 3],
])('restart policy %j', (RestartPolicy, written, most) => {
  // The planner's other fields do not matter here.
  const plan = { body: { HostConfig: RestartPolicy ? { RestartPolicy } : {} } } as unknown as ServicePlan;
  expect(restartPolicyOf(plan)).toMatchObject({ written, most });
});

describe('the clock', () => {
  const well: Cycle = {
    startMs: 900,
    patienceMs: 30_000,
    notReady: undefined,
    ending: { ms: 2000, exitCode: 0, signals: [15], oomKilled: false },
  };
  const killed: Cycle = { ...well, ending: { ms: 3100, exitCode: 137, signals: [15, 9], oomKilled: false } };
  const late: Cycle = { startMs: 30_000, patienceMs: 30_000, notReady: 'port 80 is refused', ending: undefined };

  test('every time', () => {
    const told = clockTold([well, well, well], 30_000, 3, 'SIGTERM');
    expect(told).toMatchObject({ outcome: 'held', repeated: { held: 3, of: 3 } });
    expect(told.summary).toContain('3 of 3 times');
  });
  test('one time in three it needs SIGKILL', () => {
    const told = clockTold([well, killed, well], 30_000, 3, 'SIGTERM');
    expect(told).toMatchObject({ outcome: 'broke', repeated: { held: 2, of: 3 } });
    expect(told.summary).toContain('2 of 3 times; once it was killed');
  });
  test('one time in three it is not ready', () => {
    const told = clockTold([well, well, late], 30_000, 3, 'SIGTERM');
    expect(told).toMatchObject({ outcome: 'broke', repeated: { held: 2, of: 3 } });
    expect(told.summary).toContain('once it was not ready within 30 s (port 80 is refused)');
  });
  test('one that has ended did not use up its time', () => {
    const ended: Cycle = { ...late, startMs: 400, notReady: 'it ended with code 1' };
    const told = clockTold([well, ended, ended], 30_000, 3, 'SIGTERM');
    expect(told.summary).toBe('It kept to its times 1 of 3 times; 2 times it did not come up: it ended with code 1');
    expect(told.advice?.join()).toContain('a pid file, a lock');
  });
  test('unhealthy on its way', () => {
    const slow: Cycle = { ...well, startMs: 11_200, isGivenUp: true };
    const told = clockTold([slow, slow, slow], 30_000, 3, 'SIGTERM');
    expect(told.summary).toBe(
      'It kept to its times 0 of 3 times; each time it was unhealthy before it was ready: its start_period is too short',
    );
    expect(told.advice).toEqual(['start_period: 24s in its health check']);
  });
});

test.each([
  [[], ''],
  [[1500], '1.5 s'],
  [[900, 1500, 1200], '0.90 s to 1.5 s, median 1.2 s'],
])('the spread of %j', (values, words) => {
  expect(shownSpread(values)).toBe(words);
});
