import { expect, test } from 'vitest';
import { mayFit, type RangeDialect, readVersion } from '../../src/knowledge/version-range.ts';

const cases: readonly (readonly [version: string, range: string, dialect: RangeDialect, fits: boolean | undefined])[] =
  [
    ['22', '>=20', 'npm', true],
    ['18', '>=20', 'npm', false],
    ['22', '>=22.12.0', 'npm', true],
    ['22.4', '>=22.12.0', 'npm', false],
    ['20', '^18 || ^20 || >=22', 'npm', true],
    ['21', '^18 || ^20 || >=22', 'npm', false],
    ['22', '>= 18 < 22', 'npm', false],
    ['22', '<22.5', 'npm', true],
    ['22', '22.x', 'npm', true],
    ['20', '22.*', 'npm', false],
    ['20', '*', 'npm', true],
    ['22.5', '~22.4.0', 'npm', false],
    ['22', '18 - 22', 'npm', undefined],
    ['22', 'lts/*', 'npm', undefined],
    ['3.12', '>=3.11,<4', 'python', true],
    ['3.10', '>=3.11, <3.14', 'python', false],
    ['3.13', '~=3.11', 'python', true],
    ['3.13', '==3.11.*', 'python', false],
    ['3.12', '>3.12', 'python', true],
    ['3.4', '~> 3.3', 'ruby', true],
    ['3.4', '~> 3.3.1', 'ruby', false],
    ['3.4', '3.3.6', 'ruby', false],
    ['8.3', '^8.2', 'composer', true],
    ['8.1', '^8.2|^9', 'composer', false],
    ['8.3', '~8.2.0', 'composer', false],
    ['8.3', '~8.2', 'composer', true],
    ['0.3', '^0.2', 'npm', false],
  ];
for (const [version, range, dialect, fits] of cases)
  test(`${version} in ${range} (${dialect})`, () => {
    expect(mayFit(readVersion(version) ?? [], range, dialect)).toBe(fits);
  });

test('versions at the beginning of tags', () => {
  expect(readVersion('22-alpine')).toEqual([22]);
  expect(readVersion('v22.4.1')).toEqual([22, 4, 1]);
  expect(readVersion('ruby-3.4.1')).toEqual([3, 4, 1]);
  expect(readVersion('3.12.1rc1-slim')).toBeUndefined();
  expect(readVersion('lts-alpine')).toBeUndefined();
});
