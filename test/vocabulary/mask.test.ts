import { expect, test } from 'vitest';
import { mask, maskValue } from '../../src/vocabulary/mask.ts';

test('every secret in a text is replaced, the longer ones first', () => {
  expect(mask('a hunter2 b hunter2hunter c', ['hunter2', 'hunter2hunter'])).toBe('a *** b *** c');
  expect(mask('x $(.*)+[a] y', ['$(.*)+[a]'])).toBe('x *** y');
  expect(mask('2001-10-10 a/b c-d', ['10-1', 'a/b ', 'c-d', ''])).toBe('2001-***0 ***c-d');
});

test('what is too short to be told from words stays', () => {
  expect(mask('a cab', ['a', 'cab'])).toBe('a cab');
  expect(mask('nothing', [])).toBe('nothing');
});

test('a secret by itself keeps three characters when it is long', () => {
  expect(maskValue('short')).toBe('***');
  expect(maskValue('abcdefghijklmnop')).toBe('abc***');
  expect(maskValue('')).toBe('***');
});
