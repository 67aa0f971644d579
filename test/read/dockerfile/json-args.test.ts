import { expect, test } from 'vitest';
import { jsonStringRanges, parseJsonArgs } from '../../../src/read/dockerfile/json-args.ts';

test.each([
  ['["a", "b\\tc"]', ['a', 'b\tc']],
  ['[ ]', []],
  ['["\\ud83d\\ude00 \\ud800"]', ['😀 \ufffd']],
])('%s is a list of strings', (text, values) => {
  expect(parseJsonArgs(text)).toEqual({ kind: 'strings', values });
});

test.each(['[1]', '["a", null]', '[["a"]]', '[true]', '[{}]'])('%s is refused', (text) => {
  expect(parseJsonArgs(text)).toEqual({ kind: 'not-strings' });
});

test.each(['', '"a"', '["a"', '["a",]', "['a']", '["a"] b', '{"a": 1}', '[1e999]', '["a\nb"]'])(
  '%j is no JSON array',
  (text) => {
    expect(parseJsonArgs(text)).toEqual({ kind: 'not-json' });
  },
);

test('Go reads no deeper than 10,000 levels', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  expect(parseJsonArgs(nested(10_000)).kind).toBe('not-strings');
  expect(parseJsonArgs(nested(10_001)).kind).toBe('not-json');
});

test('ranges lie between the quotes', () => {
  const text = '[ "a\\"b" , "" ]';
  const ranges = jsonStringRanges(text);
  expect(ranges).toHaveLength(4);
  expect(text.slice(ranges[0], ranges[1])).toBe('a\\"b');
  expect(text.slice(ranges[2], ranges[3])).toBe('');
});
