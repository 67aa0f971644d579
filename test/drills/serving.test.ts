import { describe, expect, test } from 'vitest';
import { faultAfter, inBrief, type Serving, toldOf } from '../../src/drills/rights/serving.ts';

const well: Serving = {
  ok: true,
  readyMs: 200,
  by: 'port',
  asked: 3,
  answered: 3,
  statuses: [200],
  because: undefined,
};

describe('what is wrong after a change', () => {
  test.each<[string, Partial<Serving>, Partial<Serving>, string | undefined]>([
    ['nothing', {}, {}, undefined],
    [
      'not ready',
      {},
      { ok: false, readyMs: undefined, because: 'it ended with code 1' },
      'it does not become ready: it ended with code 1',
    ],
    ['a request fails', {}, { ok: false, because: 'GET / was answered with 500' }, 'GET / was answered with 500'],
    [
      'a server that takes connections and never answers',
      {},
      { statuses: [] },
      'it answers nothing where it answered 200',
    ],
    ['another answer', {}, { statuses: [200, 403] }, 'it answers 403 where it answered 200'],
    ['one answer of several is missing', { statuses: [200, 404] }, { statuses: [404] }, undefined],
    ['no HTTP before and after', { statuses: [] }, { statuses: [] }, undefined],
  ])('%s', (_, before, after, fault) => {
    expect(faultAfter({ ...well, ...before }, { ...well, ...after })).toBe(fault);
  });
});

test.each<[string | undefined, string]>([
  ['it ended with code 1; it last said: a\n  File "x"\nOSError: no', 'it ended with code 1 (OSError: no)'],
  ['port 80 is refused', 'port 80 is refused'],
  [undefined, 'nobody knows why'],
  [`it ended; it last said: ${'x'.repeat(500)}`, `it ended (${'x'.repeat(159)}…)`],
])('in brief: %s', (because, brief) => {
  expect(inBrief(because)).toBe(brief);
});

test.each<[Partial<Serving>, string]>([
  [{}, '3 of 3 requests answered (200)'],
  [{ statuses: [] }, '3 of 3 requests answered'],
  [{ asked: 0, answered: 0, statuses: [], by: 'running' }, 'keeps running; it listens nowhere'],
])('told of %j', (seen, text) => {
  expect(toldOf({ ...well, ...seen })).toBe(text);
});
