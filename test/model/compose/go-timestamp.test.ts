import { expect, test } from 'vitest';
import { goTimestamp } from '../../../src/model/compose/go-timestamp.ts';

test.each([
  ['2024-01-31', '2024-01-31 00:00:00 +0000 UTC'],
  ['2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.1 -0500 -0500'],
  ['2001-12-15T02:59:43.1Z', '2001-12-15 02:59:43.1 +0000 UTC'],
  ['2001-12-15 2:59:43.10', '2001-12-15 02:59:43.1 +0000 UTC'],
  ['2024-02-30', undefined],
  ['2001-12-14T21:59:43', undefined],
  ['20240131', undefined],
  ['1.2024-01-31', undefined],
])('%s', (text, printed) => {
  expect(goTimestamp(text)).toBe(printed);
});
