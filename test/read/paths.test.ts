import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baseName, dirName, isWithin, joinPath, leavesRoot, normalizePath } from '../../src/read/paths.ts';

test.each([
  ['', '.'],
  ['./a//b/', 'a/b'],
  ['a/../..', '..'],
  ['a/./../b', 'b'],
  ['../../x', '../../x'],
  ['/..//etc/./x', '/etc/x'],
  ['/', '/'],
])('normalizePath(%j) is %j', (path, normal) => expect(normalizePath(path)).toBe(normal));

test.each([
  ['.', 'a', 'a'],
  ['', '../a', '../a'],
  ['app/api', '../web/Dockerfile', 'app/web/Dockerfile'],
  ['app', '/srv/x', '/srv/x'],
  ['app', 'C:/x', 'C:/x'],
  ['../shared', '..', '..'],
])('joinPath(%j, %j) is %j', (directory, path, joined) => expect(joinPath(directory, path)).toBe(joined));

test.each([
  ['compose.yaml', '.', 'compose.yaml'],
  ['a/b/c', 'a/b', 'c'],
  ['/etc', '/', 'etc'],
  ['..', '../..', '..'],
  ['../x', '..', 'x'],
])('the directory of %j is %j', (path, directory, name) => {
  expect(dirName(path)).toBe(directory);
  expect(baseName(path)).toBe(name);
});

test('what leaves the root, and what lies within', () => {
  expect(['a', '.', 'a/../b', '..a'].map(leavesRoot)).toEqual([false, false, false, false]);
  expect(['..', 'a/../../b', '/a', 'C:\\a'].map(leavesRoot)).toEqual([true, true, true, true]);
  expect([isWithin('a/b', 'a'), isWithin('ab', 'a'), isWithin('a', '.'), isWithin('/etc/x', '/')]).toEqual([
    true,
    false,
    true,
    true,
  ]);
});

const part = fc.constantFrom('a', 'b', '..', '.', '');
test('a normal path is normal, and joining is the same before and after', () => {
  fc.assert(
    fc.property(fc.array(part), fc.array(part), (first, second) => {
      const [directory, path] = [first.join('/'), second.join('/')];
      const normal = normalizePath(path);
      expect(normalizePath(normal)).toBe(normal);
      expect(joinPath(normalizePath(directory), normal)).toBe(joinPath(directory, path));
    }),
  );
});
