import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBytes, printBytes, writeBytes } from '../../src/vocabulary/bytes.ts';

test.each([
  ['512m', 536_870_912],
  ['1.5gb', 1_610_612_736],
  ['64K', 65_536],
  ['2 GiB', 2_147_483_648],
  ['100', 100],
  ['100b', 100],
  ['1.9', 1],
  ['1e3k', 1_024_000],
  ['1 ', 1],
  ['.5k', 512],
  ['0', 0],
  ['1p', 2 ** 50],
])('%j is %d bytes', (text, bytes) => expect(parseBytes(text)).toBe(bytes));

test.each(['', 'm', '-1', '-5m', '1x', '1mib2', '1bb', '1  m', ' 1m', '1 m ', '1,5g', '0x10', '1kbi', '9999p'])(
  '%j is refused',
  (text) => expect(parseBytes(text)).toBeUndefined(),
);

test.each([
  [0, '0 bytes', '0'],
  [1, '1 byte', '1'],
  [536_870_912, '512 MiB', '512m'],
  [1_610_612_736, '1.5 GiB', '1536m'],
  [1_000_000, '976.56 KiB', '1000000'],
  [2 ** 40, '1 TiB', '1024g'],
])('%d is shown as %s and written as %s', (bytes, shown, written) => {
  expect(printBytes(bytes)).toBe(shown);
  expect(writeBytes(bytes)).toBe(written);
});

test('what is written reads back', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 48 }), (bytes) => {
      expect(parseBytes(writeBytes(bytes))).toBe(bytes);
    }),
  );
});
