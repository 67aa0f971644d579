import { expect, test } from 'vitest';
import { holdsUp, isWell } from '../../src/drills/stopping/load-it-bears.ts';
import type { LoadKind } from '../../src/inside/protocol.ts';
import { someLoad } from './some-load.ts';

const seconds = (...p50: number[]) => p50.map((ms) => ({ answered: 100, lost: 0, refused: 0, p50: ms, p99: 2 * ms }));

test.each<[string, Parameters<typeof someLoad>, LoadKind, boolean]>([
  ['all answered', [{}, { seconds: seconds(3, 4) }], 'fresh', true],
  ['none answered', [{ answered: 0 }], 'fresh', false],
  ['one lost', [{ lost: 1 }], 'fresh', false],
  ['one refused', [{ refused: 1 }], 'fresh', false],
  ['a queue that grows', [{}, { seconds: seconds(300, 900) }], 'fresh', false],
  ['answers that take five seconds, always', [{}, { seconds: seconds(0, 0, 0, 0, 0, 5001, 5002) }], 'fresh', true],
  ['slow requests come in late', [{}, { seconds: seconds(3, 1003, 1004) }], 'slow', true],
])('%s', (_, [counts, rest], kind, well) => {
  const load = someLoad(counts, rest);
  expect(isWell({ ...load, byKind: { [kind]: load.total } })).toBe(well);
});

test.each([
  ['one that reads one request at a time', 950, 4, true],
  ['a pool that is too small', 200, 5, true],
  ['one that takes its time for all', 2600, 2550, false],
  ['a machine that stutters', 140, 90, false],
])('slow requests hold up the others: %s', (_, p50, alone, expected) => {
  const took = (median: number) => someLoad({}, { latency: { p50: median, p90: median, p99: median, max: median } });
  expect(holdsUp(took(p50), took(alone))).toBe(expected);
});
