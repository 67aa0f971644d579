import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createIgnore } from '../../../src/read/dockerignore/match.ts';
import { parseDockerignore } from '../../../src/read/dockerignore/parse.ts';

const ignoreOf = (...lines: string[]) => createIgnore(parseDockerignore('x', lines.join('\n')).patterns);

describe('one pattern', () => {
  for (const [pattern, ignored, kept] of [
    ['docs', ['docs', 'docs/a', 'docs/a/b'], ['doc', 'docs2', 'a/docs']],
    ['docs/', ['docs', 'docs/a'], ['a/docs']],
    ['/docs', ['docs', 'docs/a'], ['a/docs']],
    ['*.md', ['a.md', '.md', 'x.md/y'], ['a/b.md', 'a.mdx']],
    ['*/*.md', ['a/b.md'], ['b.md', 'a/b/c.md']],
    ['**/*.md', ['b.md', 'a/b.md', 'a/b/c.md'], ['b.mdx']],
    ['**', ['a', 'a/b', '.x'], []],
    ['a/**', ['a/b', 'a/b/c'], ['a', 'ab']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b/c'], ['ab', 'a/xb']],
    // Without a star behind it, moby compares the end of the path only, so no part need begin there.
    ['**end', ['end', 'a/end', 'weekend'], ['ended']],
    ['**end?', ['ends', 'a/ends'], ['weekends']],
    ['**/**/x', ['x', 'a/x', 'a/b/x'], ['ax']],
    ['a?c', ['abc', 'aéc', 'a😀c'], ['ac', 'a/c', 'abbc']],
    ['[a-c]x', ['ax', 'cx'], ['dx', 'x']],
    ['[^a-c]x', ['dx'], ['ax', 'x']],
    ['[α-ω]*', ['λx'], ['ax']],
    ['a\\*b', ['a*b'], ['axb']],
    ['\\[a\\]', ['[a]'], ['a']],
    ['a.b', ['a.b'], ['axb']],
    ['(a|b)+$^{1}', ['(a|b)+$^{1}'], ['a', 'b']],
    ['a(b)*', ['a(b)', 'a(b)c'], ['ab']],
    ['x\\\\', ['x\\'], ['x']],
    ['.', [], ['a', 'a/b']],
    ['../a', [], ['a']],
    ['\\d*', ['1', '2a'], ['d']],
    // moby forgets to escape these three where a pattern becomes a regular expression.
    ['*.{js,ts}', ['a.{js,ts}'], ['a.js', 'a.ts']],
    ['?a{2,3}', ['xaa', 'xaaa'], ['xa', 'xaaaa', '?a{2,3}']],
    ['?a{2,}', ['xaa', 'xaaaaa'], ['xa']],
    ['a|?z', ['abc', 'bz', 'a/b/cz'], ['ba', 'bzb']],
    ['{a}', ['{a}'], ['a']],
    ['a|b', ['a|b'], ['a', 'b']],
    ['[[:digit:]]x', ['1x'], ['ax', ':x']],
  ] as const) {
    test(pattern, () => {
      const ignore = ignoreOf(pattern);
      expect(ignored.filter((path) => !ignore.ignores(path))).toEqual([]);
      expect(kept.filter((path) => ignore.ignores(path))).toEqual([]);
    });
  }
});

describe('several patterns: the last that matches decides', () => {
  for (const [lines, path, by] of [
    [['*', '!src'], 'src/a', undefined],
    [['*', '!src'], 'lib/a', '*'],
    [['*', '!src', 'src/secret'], 'src/secret', 'src/secret'],
    [['*', '!src', 'src/secret'], 'src/other', undefined],
    [['!src', '*'], 'src/a', '*'],
    [['a', '!a/b', 'a/b/c'], 'a/b/c/d', 'a/b/c'],
    [['a', '!a/b', 'a/b/c'], 'a/b/x', undefined],
    [['**/*.log', '!keep.log'], 'a/keep.log', '**/*.log'],
    [['a', '*'], 'a', 'a'],
  ] as const) {
    test(`${lines.join(' ')} on ${path}`, () => {
      const decision = ignoreOf(...lines).decide(path);
      expect(decision.ignored).toBe(by !== undefined);
      if (by !== undefined) expect(decision.by?.written).toBe(by);
    });
  }

  test('the pattern that puts a path back is named', () => {
    expect(ignoreOf('*', '!src').decide('src/a').by?.written).toBe('!src');
    expect(ignoreOf('b').decide('a').by).toBeUndefined();
  });
});

/** A glob of whole parts, matched part by part: slow, plain, and written without a look at the code under test. */
function matchesParts(pattern: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  if (first === '**') {
    if (rest.length === 0) return path.length > 0;
    return path.some((_, skipped) => matchesParts(rest, path.slice(skipped)));
  }
  const [part, ...below] = path;
  return part !== undefined && matchesLetters(first, part) && matchesParts(rest, below);
}

function matchesLetters(glob: string, part: string): boolean {
  if (glob === '') return part === '';
  if (glob.startsWith('*'))
    return matchesLetters(glob.slice(1), part) || (part !== '' && matchesLetters(glob, part.slice(1)));
  return part !== '' && (glob[0] === '?' || glob[0] === part[0]) && matchesLetters(glob.slice(1), part.slice(1));
}

const letters = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 });
const globs = fc
  .array(fc.constantFrom('a', 'b', '*', '?'), { minLength: 1, maxLength: 4 })
  .map((runes) => runes.join('').replace(/\*+/g, '*'));
const paths = fc.array(letters, { minLength: 1, maxLength: 4 });
const patterns = fc.array(fc.oneof({ weight: 3, arbitrary: globs }, { weight: 1, arbitrary: fc.constant('**') }), {
  minLength: 1,
  maxLength: 4,
});

test('agrees with a plain matcher on globs of whole parts', () => {
  fc.assert(
    fc.property(patterns, paths, (pattern, path) => {
      const expected = path.some((_, index) => matchesParts(pattern, path.slice(0, index + 1)));
      expect(ignoreOf(pattern.join('/')).ignores(path.join('/'))).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});

test('walking down gives what each path alone gives', () => {
  const lines = fc.array(fc.tuple(fc.boolean(), patterns), { maxLength: 5 });
  fc.assert(
    fc.property(lines, paths, (written, path) => {
      const ignore = ignoreOf(...written.map(([negated, parts]) => `${negated ? '!' : ''}${parts.join('/')}`));
      let trail: readonly boolean[] | undefined;
      let unreachable = false;
      for (let depth = 1; depth <= path.length; depth++) {
        const at = path.slice(0, depth).join('/');
        const below = ignore.decideBelow(at, trail);
        expect({ ignored: below.ignored, by: below.by }).toEqual(ignore.decide(at));
        // What lies in an ignored directory that no negation reaches is ignored as well.
        if (unreachable) expect(below.ignored).toBe(true);
        unreachable ||= below.ignored && !ignore.reaches(at);
        trail = below.trail;
      }
    }),
    { numRuns: 2000 },
  );
});

test('a pattern of many stars cannot make it slow', () => {
  const ignore = ignoreOf(`${'a*'.repeat(500)}b`, `${'**/'.repeat(500)}x*y`);
  const start = performance.now();
  expect(ignore.ignores('a'.repeat(4000))).toBe(false);
  expect(ignore.ignores('x/'.repeat(2000))).toBe(false);
  expect(performance.now() - start).toBeLessThan(3000);
});
