import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { noConfiguration } from '../../src/judge/config/configuration.ts';
import { judge } from '../../src/judge/judge.ts';
import { allRules } from '../../src/rules/registry.ts';
import { ruleFixtures } from '../house/rule-fixtures.ts';
import { project } from '../model/reading.ts';

const fixtures = ruleFixtures(path.resolve(import.meta.dirname, '../..'));
const fixture = fc.constantFrom(...fixtures);
const ids = allRules.map(({ id }) => id);

describe('whatever the project', () => {
  test('the order of rules does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fixture,
        fc.shuffledSubarray([...allRules], { minLength: ids.length }),
        async ({ files }, rules) => {
          // Not by `check`, which runs rules in the order of the registry whatever it is asked for.
          const options = { optIn: ['all'], configuration: noConfiguration };
          const [some, others] = [allRules, rules].map((order) => judge(project(files), order, options).findings);
          expect(some).toEqual(others);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('the order of files does not matter', async () => {
    const shuffled = fixture.chain(({ files }) => {
      const entries = Object.entries(files);
      return fc.record({
        files: fc.constant(files),
        other: fc.shuffledSubarray(entries, { minLength: entries.length }).map((some) => Object.fromEntries(some)),
      });
    });
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ files, other }) => {
        expect((await check({ files: other })).findings).toEqual((await check({ files })).findings);
      }),
      { numRuns: 60 },
    );
  });

  test('a rule says alone what it says among all', async () => {
    await fc.assert(
      fc.asyncProperty(fixture, async ({ files, rule }) => {
        const among = (await check({ files }, { only: ids })).findings.filter((finding) => finding.rule === rule);
        const alone = (await check({ files }, { only: [rule] })).findings.filter((finding) => finding.rule === rule);
        expect(alone).toEqual(among);
      }),
      { numRuns: 60 },
    );
  });

  test('a project below others says what it says alone', async () => {
    const composeFile = /^(?:docker-)?compose\.ya?ml$/;
    const plain = fixtures.filter(
      ({ files, rule }) =>
        Object.keys(files).some((name) => composeFile.test(name)) &&
        // What is unused in a configuration is told name by name where it may be shared.
        rule !== 'project/bad-config',
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...plain), async ({ files }) => {
        const own = { ...files, 'notes.txt': '' };
        const below = Object.fromEntries(Object.entries(own).map(([name, text]) => [`apps/shop/${name}`, text]));
        const other = { 'other/compose.yaml': 'services:\n  other:\n    image: example.com/other:1\n' };
        const { findings } = await check({ files: { ...below, ...other } });
        const here = findings.filter(({ file }) => file.startsWith('apps/shop/'));
        const told = ({ rule, span, severity, confidence, message }: (typeof findings)[number]) => [
          rule,
          span,
          severity,
          confidence,
          message.replaceAll('apps/shop/', ''),
        ];
        expect(here.map(told)).toEqual((await check({ files: own })).findings.map(told));
      }),
      { numRuns: 60 },
    );
  });

  test('judging damaged files neither throws nor makes a rule throw', async () => {
    const text = fc.constantFrom(...fixtures.flatMap(({ files }) => Object.values(files)));
    const damage = fc.record({
      which: fc.nat(),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(40),
      // Half the time a piece of another file: likelier to be nearly right than noise.
      by: fc.oneof(
        text.chain((donor) => fc.nat(donor.length).map((at) => donor.slice(at, at + 60))),
        fc.constantFrom(
          '',
          '\n',
          '"',
          "'",
          '{',
          '[',
          ': ',
          '- ',
          '&a ',
          '*a',
          '<<: ',
          '${',
          '$$',
          '\\',
          '\t',
          '\0',
          '<<EOF\n',
          '#',
        ),
        fc.string({ maxLength: 20, unit: 'binary' }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fixture, fc.array(damage, { minLength: 1, maxLength: 4 }), async ({ files }, damages) => {
        const damaged = { ...files };
        const names = Object.keys(files);
        for (const { which, from, length, by } of damages) {
          const name = names[which % names.length]!;
          const before = damaged[name]!;
          const at = Math.floor(from * before.length);
          damaged[name] = before.slice(0, at) + by + before.slice(at + length);
        }
        const verdict = await check({ files: damaged }, { only: ids });
        expect(verdict.failures).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
