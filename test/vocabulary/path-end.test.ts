import { expect, test } from 'vitest';
import { plainPath, withoutEndSlashes } from '../../src/vocabulary/path-end.ts';

test.each([
  ['/var/lib/', '/var/lib', '/var/lib'],
  ['a//', 'a', 'a'],
  ['a/b', 'a/b', 'a/b'],
  ['//a', '//a', '//a'],
  ['/', '', '/'],
  ['///', '', '/'],
  ['', '', ''],
])('%s', (path, without, plain) => {
  expect(withoutEndSlashes(path)).toBe(without);
  expect(plainPath(path)).toBe(plain);
});
