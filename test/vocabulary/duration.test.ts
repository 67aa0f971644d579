import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration, printDuration } from '../../src/vocabulary/duration.ts';

test.each([
  ['1m30s', 90_000],
  ['500ms', 500],
  ['1.5h', 5_400_000],
  ['.5s', 500],
  ['1.s', 1000],
  ['30s1m', 90_000],
  ['2d', 172_800_000],
  ['1w', 604_800_000],
  ['10us', 0.01],
  ['3\u00b5s', 0.003],
  ['3\u03bcs', 0.003],
  ['-2s', -2000],
  ['+2s', 2000],
  ['0', 0],
  ['-0', 0],
])('%s is %d ms', (text, ms) => expect(parseDuration(text)).toBeCloseTo(ms, 9));

test.each(['', '-', '30', '5 s', ' 5s', '5S', '1h-2m', '5x', '.s', '1..5s', '1s5', '300000h99999999h', 'inf'])(
  '%j is refused',
  (text) => expect(parseDuration(text)).toBeUndefined(),
);

test('a Dockerfile knows no days', () => {
  expect(parseDuration('1d', 'go')).toBeUndefined();
  expect(parseDuration('36h', 'go')).toBe(129_600_000);
});

test.each([
  [0, '0s'],
  [5_400_000, '1h30m'],
  [3_600_000, '1h'],
  [90_000, '1m30s'],
  [1500, '1.5s'],
  [500, '500ms'],
  [0.25, '250us'],
  [0.000_007, '7ns'],
  [-2000, '-2s'],
])('%d ms is printed as %s', (ms, text) => expect(printDuration(ms)).toBe(text));

test('what is printed reads back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 42 }), (ms) => {
      expect(parseDuration(printDuration(ms))).toBeCloseTo(ms, 3);
    }),
  );
});

test('a long text is read once', () => {
  expect(parseDuration('1'.repeat(1_000_000))).toBeUndefined();
  expect(parseDuration('1ns'.repeat(500_000))).toBeCloseTo(0.5, 6);
}, 2_000);
