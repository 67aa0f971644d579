import { expect, test } from 'vitest';
import { isReachable, listensAtFile } from '../../src/drills/health/reachable.ts';

test.each([
  ['0.0.0.0', true],
  ['::', true],
  ['172.18.0.3', true],
  ['127.0.0.1', false],
  ['127.0.0.11', false],
  ['::1', false],
  ['::ffff:127.0.0.1', false],
])('%s can be reached from elsewhere: %s', (address, expected) => {
  expect(isReachable({ address })).toBe(expected);
});

const head = 'Num       RefCount Protocol Flags    Type St Inode Path\n';
test.each([
  ['0000000000000000: 00000002 00000000 00010000 0001 01 123456 /var/run/postgresql/.s.PGSQL.5432\n', true],
  ['0000000000000000: 00000002 00000000 00010000 0001 01 123456 @hidden\n', false],
  ['0000000000000000: 00000003 00000000 00000000 0001 03 123456 /run/some.sock\n', false],
  ['0000000000000000: 00000002 00000000 00010000 0001 01 123456\n', false],
  ['', false],
])('the kernel tells of a listener at a file: %j', (line, expected) => {
  expect(listensAtFile(head + line)).toBe(expected);
});
