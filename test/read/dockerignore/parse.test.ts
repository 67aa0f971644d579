import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDockerignore } from '../../../src/read/dockerignore/parse.ts';

const patternsOf = (text: string) =>
  parseDockerignore('.dockerignore', text).patterns.map(({ pattern, negated }) => (negated ? `! ${pattern}` : pattern));
const faultsOf = (text: string) => parseDockerignore('.dockerignore', text).faults;

describe('a line of .dockerignore', () => {
  for (const [line, patterns] of [
    ['node_modules', ['node_modules']],
    ['  dist\t', ['dist']],
    ['/build', ['build']],
    ['/', ['/']],
    ['./a//b/../c/', ['a/c']],
    ['!  /keep/', ['! keep']],
    ['!!x', ['! !x']],
    ['# a comment', []],
    [' # not a comment', ['# not a comment']],
    ['', []],
    ['\u0085 \u00a0', []],
    ['\uFEFF# after a byte order mark', []],
    ['a\r', ['a']],
    ['../up', ['../up']],
    ['a/..', ['.']],
    ['a /', ['a']],
  ] as const) {
    test(JSON.stringify(line), () => {
      expect(patternsOf(`${line}\n`)).toEqual(patterns);
      expect(faultsOf(line)).toEqual([]);
    });
  }
});

describe('patterns Docker refuses', () => {
  for (const line of [
    '!',
    '! ',
    '!/',
    '[',
    'a[',
    '[]a]',
    '[x-]',
    '[-x]',
    '[-]',
    '[^',
    '[^]',
    'a/\\',
    '[a',
    '[z-a]',
    'x\\y',
    '[[:no:]]',
    '*{2}',
    '?a{1001}',
    '?a{3,2}',
    '?|{2}',
  ]) {
    test(line, () => {
      const faults = faultsOf(`ok\n${line}\nfine`);
      expect(faults.map(({ code, refused }) => [code, refused])).toEqual([['illegal-ignore-pattern', true]]);
      const written = line.trim();
      expect(faults[0]?.span).toEqual({ file: '.dockerignore', start: 3, end: 3 + written.length });
      expect(patternsOf(`ok\n${line}\nfine`)).toEqual(['ok', 'fine']);
    });
  }

  for (const line of [
    '[a-c]',
    '[^a]',
    '[\\]]',
    '[x\\-]',
    '\\*',
    'a\\\\',
    '{a,b}',
    'a]',
    '(',
    '$',
    '[[:alpha:]]',
    '\\d',
    'x\\x41',
    '*{a,b}',
    '?{,2}',
    '?{02}',
    'a*[x-]',
    'a{2}',
  ]) {
    test(`but not ${line}`, () => expect(faultsOf(line)).toEqual([]));
  }
});

test('spans are those of the trimmed line', () => {
  const text = '\uFEFF# top\n  a/b  \n!c\n';
  const { patterns, comments } = parseDockerignore('x', text);
  expect(patterns.map(({ span }) => text.slice(span.start, span.end))).toEqual(['a/b', '!c']);
  expect(comments).toEqual([{ text: 'top', span: { file: 'x', start: 1, end: 6 } }]);
});

test('a line of 64 KiB ends the reading, as it does in Go; a byte less does not', () => {
  const longest = 'é'.repeat(32_767); // 65,534 bytes
  expect(faultsOf(`${longest}x\nb`)).toEqual([]);
  const tooLong = parseDockerignore('x', `a\n${longest}xy\nb`);
  expect(tooLong.faults.map(({ code }) => code)).toEqual(['ignore-line-too-long']);
  expect(tooLong.patterns.map(({ pattern }) => pattern)).toEqual(['a']);
});

test('anything can be read, and every span lies in the text', () => {
  const line = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('!', '*', '[', ']', '-', '^', '\\', '/', '.', 'a', '\n', '#', ':') }),
  );
  fc.assert(
    fc.property(line, (text) => {
      const { patterns, faults, comments } = parseDockerignore('x', text);
      for (const { span } of [...patterns, ...faults, ...comments]) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 1000 },
  );
});
