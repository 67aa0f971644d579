import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesIn } from '../../src/drills/capabilities.ts';
import { leastSet } from '../../src/drills/rights/least-set.ts';

const all = [...'abcdefghijklmn'];
const usual = [...'aceg'];

/** Works when every group has one that is there. */
const needing = (...groups: string[]) => {
  const tried: string[] = [];
  const trial = async (set: readonly string[]) => {
    tried.push(set.join(''));
    const missing = groups.find((group) => ![...group].some((one) => set.includes(one)));
    return { works: missing === undefined, because: `no ${missing}` };
  };
  return { trial, tried };
};

describe('the least set', () => {
  test.each<[string, string[], string[], number]>([
    ['nothing is needed', [], [], 1],
    ['only usual ones', ['a', 'g'], ['a', 'g'], 7],
    ['all the usual ones', ['a', 'c', 'e', 'g'], ['a', 'c', 'e', 'g'], 6],
    ['an unusual one', ['b', 'c'], ['b', 'c'], 17],
    ['one of two that stand in for one another', ['ac', 'e'], ['a', 'e'], 10],
  ])('%s', async (_, groups, least, trials) => {
    const { trial } = needing(...groups);
    const found = await leastSet(all, usual, trial);
    expect({ least: found.least, trials: found.trials }).toEqual({ least, trials });
  });

  test('what happened without each is told', async () => {
    const { trial } = needing('a', 'g');
    expect([...(await leastSet(all, usual, trial)).without].sort()).toEqual([
      ['a', 'no a'],
      ['g', 'no g'],
    ]);
  });

  test('none of nothing, without a trial', async () => {
    expect(await leastSet([], usual, needing('a').trial)).toMatchObject({ least: [], trials: 0 });
  });

  test('it works, and with nothing less; within 2n + 3 trials', async () => {
    const group = fc.subarray(all, { minLength: 1, maxLength: 3 }).map((some) => some.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(group, { maxLength: 5 }), async (groups) => {
        const { trial } = needing(...groups);
        const { least, trials } = await leastSet(all, usual, trial);
        expect((await trial(least)).works).toBe(true);
        for (const one of least) expect((await trial(least.filter((other) => other !== one))).works).toBe(false);
        expect(trials).toBeLessThanOrEqual(2 * all.length + 3);
      }),
      { numRuns: 200 },
    );
  });
});

test.each<[bigint, string[]]>([
  [0n, []],
  [0x400n, ['NET_BIND_SERVICE']],
  [0xc0n, ['SETGID', 'SETUID']],
  [1n << 60n, ['capability 60']],
])('the mask %d is %j', (mask, names) => {
  expect(namesIn(mask)).toEqual(names);
});

test('the default mask of Docker has fourteen', () => {
  expect(namesIn(0xa80425fbn)).toHaveLength(14);
});
