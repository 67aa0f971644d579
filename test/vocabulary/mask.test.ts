import { expect, test } from 'vitest';
import { mask, maskValue, withoutSecret } from '../../src/vocabulary/mask.ts';

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

test('a secret longer than any pattern may be, whole and cut', () => {
  const secret = `begin${'x'.repeat(100_000)}`;
  expect(mask(`a ${secret} b ${secret}`, [secret])).toBe('a *** b ***');
  expect(mask(`a ${secret.slice(0, 20_000)}`, [secret, 'hunter2'])).toBe('a ***');
  expect(withoutSecret(`${secret.slice(0, 1_000)} ab`, secret)).toBe('*** ab');
  expect(withoutSecret('x ab ab', 'ab')).toBe('x *** ***');
});

test('more secrets than one pattern may hold', () => {
  const secrets = Array.from({ length: 2_000 }, (_, at) => `secret-number-${at}-${'y'.repeat(60)}`);
  expect(mask(secrets.join(' '), secrets)).toBe(secrets.map(() => '***').join(' '));
});

test('in time that grows with the length', () => {
  const started = performance.now();
  expect(mask('z'.repeat(500_000), ['z'.repeat(100_000)])).toBe('***'.repeat(5));
  expect(performance.now() - started).toBeLessThan(2_000);
});
