import { describe, expect, test } from 'vitest';
import { resolvePlain } from '../../../src/read/yaml/resolve-scalar.ts';

describe('plain scalars are read as go-yaml reads them', () => {
  test.each([
    ['', null],
    ['~', null],
    ['Null', null],
    ['nULL', 'nULL'],
    ['true', true],
    ['TRUE', true],
    ['tRUE', 'tRUE'],
    ['False', false],
    ['yes', 'yes'],
    ['No', 'No'],
    ['on', 'on'],
    ['off', 'off'],
    ['y', 'y'],
    ['0', 0],
    ['12', 12],
    ['-7', -7],
    ['+7', 7],
    ['0440', 288],
    ['-010', -8],
    ['0o17', 15],
    ['08', 8],
    ['0x1F', 31],
    ['0b101', 5],
    ['1_000', 1000],
    ['1__0', 10],
    ['0_7', 7],
    ['1.10', 1.1],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['-1.5E-2', -0.015],
    ['.inf', Number.POSITIVE_INFINITY],
    ['-.INF', Number.NEGATIVE_INFINITY],
    ['.nan', Number.NaN],
    ['1e400', '1e400'],
    ['1.2.3', '1.2.3'],
    ['12:30:45', '12:30:45'],
    ['80:80', '80:80'],
    ['2024-01-31', '2024-01-31'],
    ['0x', '0x'],
    ['0b2', '0b2'],
    ['-', '-'],
    ['.', '.'],
    ['1e', '1e'],
    ['512m', '512m'],
  ])('%s', (text, value) => {
    expect(resolvePlain(text)).toBe(value);
  });

  test('a very long run of digits is a text, and read at once', () => {
    const digits = `${'1'.repeat(500_000)}x`;
    expect(resolvePlain(digits)).toBe(digits);
  });
});
