import { expect, test } from 'vitest';
import { isGrowing } from '../../src/drills/own-work.ts';

test.each([
  ['leaves something behind all the time', [10, 20, 30, 40, 50], true],
  ['has as much under way as before', [10, 14, 11, 15, 12], false],
  ['grows to its size', [10, 30, 38, 40, 41], false],
  ['grows too little to be sure', [10, 12, 14, 16, 18], false],
  ['could not be watched all the time', [10, 20, 30], false],
])('one that %s', (_, marks, expected) => {
  expect(isGrowing(marks)).toBe(expected);
});
