import { describe, expect, test } from 'vitest';
import { lameDuckOf } from '../../src/drills/stopping/lame-duck.ts';
import { neverTaken } from '../../src/drills/stopping/never-taken.ts';
import { lossesIn, type StopSeen, stopVerdict } from '../../src/drills/stopping/stop-verdict.ts';
import { loss, someLoad } from './some-load.ts';

const seen = (rest: Partial<StopSeen> = {}): StopSeen => ({
  signal: 'SIGTERM',
  graceSeconds: 10,
  ending: { ms: 2150, exitCode: 0, signals: [15], oomKilled: false },
  load: someLoad({}, { noticedMs: 2600 }),
  toldMs: 2000,
  surelyBeforeMs: 1950,
  noticeMs: 1000,
  balancerRetries: true,
  slack: 1,
  readiness: '/ready',
  ...rest,
});
const killed = { ms: 10_100, exitCode: 137, signals: [15, 9], oomKilled: false };

describe('a stop under load', () => {
  test('all answered, left in time', () => {
    const verdict = stopVerdict(seen());
    expect(verdict.outcome).toBe('held');
    expect(verdict.summary).toBe(
      'It answered all 200 requests and left with code 0, 2.1 s after SIGTERM (grace: 10 s)',
    );
    expect(verdict.advice).toEqual([]);
  });

  test('requests are lost: how many, and how', () => {
    const losses = [loss(2010), loss(2012), loss(2013, 'timeout')];
    const verdict = stopVerdict(
      seen({ load: someLoad({ lost: 3, refused: 40 }, { losses, firstRefusedMs: 2020, noticedMs: 2600 }) }),
    );
    expect(verdict.outcome).toBe('broke');
    expect(verdict.summary).toBe(
      'Told to stop (SIGTERM), it lost 3 of 203 requests (2 reset, 1 never answered); 40 connections refused, which a balancer tries elsewhere',
    );
    expect(verdict.advice).toEqual([
      'Keep answering for 1 s after SIGTERM while /ready says 503, with `Connection: close`, and only then close the listener: a balancer may need 1 s to notice',
    ]);
  });

  test('refused connections alone are no loss where the balancer tries elsewhere, but are told', () => {
    const load = someLoad({ refused: 1 }, { firstRefusedMs: 2020, noticedMs: 2600 });
    const verdict = stopVerdict(seen({ load }));
    expect(verdict.outcome).toBe('held');
    expect(verdict.summary).toContain('1 connection refused, which a balancer tries elsewhere');
    expect(verdict.advice[0]).toContain('Keep answering for 1 s');
  });

  test('and a fault where it does not', () => {
    const load = someLoad({ refused: 40 }, { firstRefusedMs: 2020, noticedMs: 2600 });
    const verdict = stopVerdict(seen({ load, balancerRetries: false }));
    expect(verdict.outcome).toBe('broke');
    expect(verdict.summary).toContain('refused 40 connections');
  });

  test('killed, though nothing was lost: it had closed its listener', () => {
    const load = someLoad({ refused: 9 }, { firstRefusedMs: 2100, noticedMs: 2600 });
    const verdict = stopVerdict(seen({ load, ending: killed }));
    expect(verdict.outcome).toBe('broke');
    expect(verdict.summary).toContain('was killed (SIGKILL): its grace period of 10 s was over');
    expect(verdict.advice[0]).toContain('waited for connections that stay open');
  });

  test('killed: it took no notice', () => {
    const load = someLoad({ lost: 2 }, { losses: [loss(12_010), loss(12_011)], firstRefusedMs: 12_020 });
    const verdict = stopVerdict(seen({ load, ending: killed }));
    expect(verdict.summary).toContain('it lost 2 of 202 requests (2 reset), and was killed (SIGKILL)');
    expect(verdict.advice[0]).toContain('as if nothing had been said');
  });

  test('a grace period that is too short for the balancer is told', () => {
    const load = someLoad({ lost: 1 }, { losses: [loss(2010)] });
    expect(stopVerdict(seen({ load, noticeMs: 5000, graceSeconds: 3 })).advice).toContain('stop_grace_period: 10s');
  });

  test('what is lost while the load itself is late is not laid to the service', () => {
    const late = { losses: [loss(2010, 'timeout')], maxLagMs: 4000 };
    expect(stopVerdict(seen({ load: someLoad({ lost: 1 }, late) })).outcome).toBe('inconclusive');
    expect(stopVerdict(seen({ load: someLoad({ lost: 1 }, late), ending: killed })).outcome).toBe('broke');
    expect(stopVerdict(seen({ load: someLoad({}, { maxLagMs: 4000 }) })).outcome).toBe('held');
  });

  test('nor what is lost while a balancer on a busy machine has not noticed', () => {
    const load = someLoad({ lost: 1 }, { losses: [loss(4010)], noticedMs: 4100 });
    expect(stopVerdict(seen({ load, slack: 3 })).outcome).toBe('inconclusive');
    expect(stopVerdict(seen({ load, slack: 1.5 })).outcome).toBe('broke');
  });

  test('but a balancer that waited for one that had fallen silent was not late by itself', () => {
    const load = someLoad({ lost: 2 }, { losses: [loss(4010), loss(2100, 'timeout')], noticedMs: 5000 });
    expect(stopVerdict(seen({ load, slack: 3 })).outcome).toBe('broke');
  });

  test('one that falls silent is not told to answer for longer', () => {
    const losses = [loss(2100, 'timeout'), loss(2110, 'timeout'), loss(7000)];
    const { advice } = stopVerdict(seen({ load: someLoad({ lost: 3 }, { losses, noticedMs: 5000 }) }));
    expect(advice).toHaveLength(1);
    expect(advice[0]).toMatch(/^After SIGTERM it answered nobody/);
  });

  test('what was lost before cannot be told apart from what is lost now', () => {
    const load = someLoad({ lost: 2 }, { losses: [loss(1500), loss(2010)] });
    expect(stopVerdict(seen({ load })).outcome).toBe('inconclusive');
  });
});

test.each([
  [[], ''],
  [[loss(1, 'status', 503), loss(1, 'status', 503), loss(1, 'closed')], '2 status 503, 1 closed without an answer'],
  [Array.from({ length: 50 }, () => loss(1, 'cut')), 'of the first 50: 50 cut off in the middle of the answer'],
])('losses in words', (losses, words) => {
  expect(lossesIn({ losses })).toBe(words);
});

describe('what a service over plain TCP never read', () => {
  const tcp = (atMs: number, reason: 'reset' | 'closed') => ({ ...loss(atMs, reason), kind: 'tcp' as const });
  const losses = [tcp(1000, 'reset'), tcp(2010, 'reset'), tcp(2011, 'closed'), tcp(2012, 'reset'), loss(2013)];
  const load = someLoad({ lost: 5 }, { losses });
  const { total } = load;

  test('is refused, not lost, from the signal on', () => {
    const seenSo = neverTaken({ ...load, byKind: { tcp: total, fresh: total } }, 1950);
    expect(seenSo.total).toMatchObject({ sent: 203, answered: 200, lost: 3, refused: 2 });
    expect(seenSo.byKind.tcp).toMatchObject({ lost: 3, refused: 2 });
    expect(seenSo.byKind.fresh).toBe(total);
    expect(seenSo.losses.map(({ atMs }) => atMs)).toEqual([1000, 2011, 2013]);
  });
  test('over HTTP nothing changes', () => {
    const http = someLoad({ lost: 1 }, { losses: [loss(2010)] });
    expect(neverTaken(http, 1950)).toBe(http);
  });
});

describe('the lame-duck delay', () => {
  test.each<[string, { noticedMs?: number; firstRefusedMs?: number }, number, number]>([
    ['noticed sooner than it might have been', { noticedMs: 2400 }, 1000, 1000],
    ['noticed later than was allowed for', { noticedMs: 3310 }, 1000, 1400],
    ['never noticed', {}, 1000, 1000],
    ['noticed by its being gone', { firstRefusedMs: 4000, noticedMs: 4700 }, 500, 700],
    ['refused before the signal is none of it', { firstRefusedMs: 100, noticedMs: 3310 }, 1000, 1400],
  ])('%s', (_, rest, noticeMs, neededMs) => {
    expect(lameDuckOf(someLoad({}, rest), 2000, noticeMs).neededMs).toBe(neededMs);
  });
});
