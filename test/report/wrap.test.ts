import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../src/report/cells.ts';
import { paintWith } from '../../src/report/paint.ts';
import { visible } from '../../src/report/visible.ts';
import { wrap } from '../../src/report/wrap.ts';

describe('wrap', () => {
  test('breaks at blanks', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('', 7)).toEqual(['']);
  });

  test('breaks a long word anywhere, but no address', () => {
    expect(wrap('x abcdefghij', 4)).toEqual(['x', 'abcd', 'efgh', 'ij']);
    expect(wrap('see https://example.org/long', 8)).toEqual(['see', 'https://example.org/long']);
  });

  test('breaks a path or an image name behind a sign that parts it', () => {
    expect(wrap('registry.example.com/orders-api:latest', 30)).toEqual(['registry.example.com/', 'orders-api:latest']);
    expect(wrap('a/bbbbbbbbbbbb', 8)).toEqual(['a/bbbbbb', 'bbbbbb']);
  });

  test('counts cells, not characters', () => {
    expect(wrap('漢字漢字', 4)).toEqual(['漢字', '漢字']);
  });

  test('loses no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (text, cells) => {
        const kept = (some: string) => some.replaceAll(' ', '');
        expect(kept(wrap(text, cells).join(''))).toBe(kept(text));
      }),
    );
  });

  test('a word of a megabyte takes no time to speak of', () => {
    const began = performance.now();
    expect(wrap('漢'.repeat(500_000), 80)).toHaveLength(12_500);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe('visible', () => {
  test.each([
    ['\u001b[31m', '\\x1b[31m'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\u0000\u007f\u0085', '\\x00\\x7f\\x85'],
    ['\u2028\u202e\u2066\ufeff\u200b', '\\u2028\\u202e\\u2066\\ufeff\\u200b'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud83d', '\\ud83d'],
    ['naïve 漢字 👩‍🚀 C:\\dir', 'naïve 漢字 👩‍🚀 C:\\dir'],
  ])('%j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});

test('cells of wide, combining and plain characters', () => {
  expect(['abc', '漢字', 'ｱ', 'Ａ', 'e\u0301', '🚢', '─', '한'].map(cellsOf)).toEqual([3, 4, 1, 2, 1, 2, 1, 2]);
});

test('paint: nothing unless asked for, and no code around nothing', () => {
  expect(paintWith(false)('critical', 'x')).toBe('x');
  expect(paintWith(true)('critical', 'x')).toBe('\u001b[1;31mx\u001b[0m');
  expect(paintWith(true)('critical', '')).toBe('');
});
