import { expect, test } from 'vitest';
import { signalName, signalNumber, signalsIn } from '../../src/drills/stopping/signals.ts';

test.each([
  ['SIGTERM', 15],
  ['term', 15],
  ['15', 15],
  ['SIGQUIT', 3],
  ['SIGRTMIN+3', 37],
  ['RTMIN', 34],
  ['SIGNONE', undefined],
  ['', undefined],
])('the number of %s', (name, number) => {
  expect(signalNumber(name)).toBe(number);
});

test.each([
  [15, 'SIGTERM'],
  [9, 'SIGKILL'],
  [37, 'signal 37'],
])('the name of %i', (number, name) => {
  expect(signalName(number)).toBe(name);
});

test.each<[string, number[]]>([
  ['0000000000000000', []],
  ['0000000000004000', [15]],
  ['0000000000004002', [2, 15]],
  ['8000000000000000', [64]],
  ['', []],
  ['xyz', []],
])('signals in %s', (mask, signals) => {
  expect(signalsIn(mask)).toEqual(signals);
});
