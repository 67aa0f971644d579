import { expect, test } from 'vitest';
import { broke, held, inconclusive, type Told } from '../../src/drills/drill.ts';
import { agreed, isAgreed } from '../../src/drills/stopping/agreed.ts';

const yes = held('well');
const no = broke('ill');
const who = inconclusive('who knows');

test.each<[Told[], number, boolean]>([
  [[yes], 5, true],
  [[no], 1, true],
  [[no], 3, false],
  [[who], 3, false],
  [[no, no], 3, true],
  [[no, yes], 3, false],
  [[no, yes, who], 3, true],
])('%j with slack %d is enough: %s', (runs, slack, enough) => {
  expect(isAgreed(runs, slack)).toBe(enough);
});

test.each<[Told[], Told['outcome'], number]>([
  [[no, no], 'broke', 0],
  [[no, yes, yes], 'held', 2],
  [[no, yes, no], 'broke', 1],
  [[no, yes, who], 'inconclusive', 1],
])('%j come to %s', (runs, outcome, times) => {
  expect(agreed(runs)).toMatchObject({ outcome, repeated: { held: times, of: runs.length } });
});

test('one run is told as it is', () => {
  expect(agreed([no])).toBe(no);
});
