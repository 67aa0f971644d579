import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { harmDone, mend, mendedText } from '../house/mended.ts';
import { ruleFixtures } from '../house/rule-fixtures.ts';

const fixtures = ruleFixtures(path.resolve(import.meta.dirname, '../..'));

describe('what its own rule mends', () => {
  for (const fixture of fixtures.filter(({ name }) => name.startsWith('bad-')))
    test(`${fixture.rule}: ${fixture.name}`, async () => {
      // To change what is expected: read the difference, then `npm run accept`.
      expect(await mendedText(fixture.files, fixture.rule)).toBe(fixture.mended);
    });
});

describe('what all rules mend', () => {
  for (const fixture of fixtures)
    test(`${fixture.rule}: ${fixture.name}`, async () => {
      const outcome = await mend(fixture.files, { optIn: [fixture.rule] });
      expect(harmDone(outcome)).toEqual([]);
      expect(outcome.after.failures).toEqual([]);

      const safe = await mend(fixture.files, { optIn: [fixture.rule], level: 'safe' });
      expect(harmDone(safe)).toEqual([]);
      expect(safe.applied.filter(({ fix }) => fix.safety !== 'safe')).toEqual([]);

      // A second run finds nothing to do.
      const again = await mend({ ...fixture.files, ...Object.fromEntries(outcome.files) }, { optIn: [fixture.rule] });
      expect([...again.files.keys()]).toEqual([]);
    });
});
