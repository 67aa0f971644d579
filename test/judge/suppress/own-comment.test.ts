import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownComment } from '../../../src/judge/suppress/own-comment.ts';

const own = { owner: 'seaworthy', scope: 'here' } as const;

describe('a comment of ours', () => {
  test.each([
    ['seaworthy ignore: compose/unbounded-logs', { ...own, names: ['compose/unbounded-logs'] }],
    ['seaworthy ignore: a/b, DL3002 c/d', { ...own, names: ['a/b', 'DL3002', 'c/d'] }],
    ['Seaworthy  Ignore : a/b', { ...own, names: ['a/b'] }],
    ['seaworthy: ignore a/b', { ...own, names: ['a/b'] }],
    ['seaworthy ignore-file: a/b -- old', { ...own, scope: 'file', names: ['a/b'], reason: 'old' }],
    ['seaworthy ignore: a/b -- it is -- as it is', { ...own, names: ['a/b'], reason: 'it is -- as it is' }],
    ['seaworthy ignore: a/b — rotated', { ...own, names: ['a/b'], reason: 'rotated' }],
    ['seaworthy ignore: a/b -- why (until 2027-01-31)', { ...own, names: ['a/b'], reason: 'why', until: '2027-01-31' }],
    ['seaworthy ignore: a/b (until 2027-01-31) -- why', { ...own, names: ['a/b'], reason: 'why', until: '2027-01-31' }],
    ['seaworthy ignore: a/b (until 2027-01-31)', { ...own, names: ['a/b'], until: '2027-01-31' }],
  ])('%s', (text, directive) => {
    expect(ownComment(text)).toEqual(directive);
  });

  test.each([
    ['seaworthy ignore', /names no rule/],
    ['seaworthy ignore: -- no rule at all', /names no rule/],
    ['seaworthy ignore: a/b (until soon)', /"soon" is no day/],
    ['seaworthy ignore: a/b (until 2027-13-01)', /is no day/],
    ['seaworthy ignore: a/b (until 2027-01-31', undefined],
    ['seaworthy ignore: a/b (because)', /"\(because\)" is no rule's name/],
  ])('%s: what is wrong with it', (text, problem) => {
    if (problem) expect(ownComment(text)?.problem).toMatch(problem);
    else expect(ownComment(text)).toMatchObject({ until: '2027-01-31', names: ['a/b'] });
  });

  test.each(['seaworthy', 'seaworthy ignores nothing', 'this is seaworthy ignore: a/b', 'seaworthy-ignore'])(
    'not one: %s',
    (text) => {
      expect(ownComment(text)).toBeUndefined();
    },
  );

  test('what is written is what is read', () => {
    const name = fc.stringMatching(/^[a-z]{1,9}\/[a-z-]{1,12}$/);
    const reason = fc.stringMatching(/^[a-z]{1,9}( [a-z]{1,9}){0,3}$/);
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 4 }),
        fc.option(reason, { nil: undefined }),
        (names, why) => {
          const text = `seaworthy ignore: ${names.join(', ')}${why === undefined ? '' : ` -- ${why}`}`;
          expect(ownComment(text)).toEqual({ ...own, names, ...(why === undefined ? {} : { reason: why }) });
        },
      ),
    );
  });

  test('long comments are read in no time', () => {
    const began = performance.now();
    ownComment(`seaworthy ignore: ${'a, '.repeat(200_000)}`);
    ownComment(`seaworthy ignore: ${'(until '.repeat(200_000)}`);
    ownComment(`seaworthy ignore: a ${'-- '.repeat(200_000)}`);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
