import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { allRules } from '../../src/rules/registry.ts';
import { expectLine, ruleFixtures } from '../house/rule-fixtures.ts';

const root = path.resolve(import.meta.dirname, '../..');
const fixtures = ruleFixtures(root);

describe('fixtures', () => {
  for (const fixture of fixtures)
    test(`${fixture.rule}: ${fixture.name}`, async () => {
      const verdict = await check({ files: fixture.files }, { only: [fixture.rule] });
      expect(verdict.failures).toEqual([]);
      // Only what this rule says: faults that Docker itself refuses are reported whatever rules are asked for.
      const found = verdict.findings.filter(({ rule }) => rule === fixture.rule).map(expectLine);
      // To change what is expected: read the difference, then `npm run accept`.
      expect(found).toEqual(fixture.expected);
      if (fixture.name.startsWith('bad-')) expect(found).not.toEqual([]);
      else expect(found).toEqual([]);
    });

  test('each belongs to a rule', () => {
    const ids = new Set<string>(allRules.map(({ id }) => id));
    expect(
      fixtures.filter(({ rule }) => !ids.has(rule)).map(({ directory }) => path.relative(root, directory)),
    ).toEqual([]);
  });
});

describe('rules', () => {
  test('stand in the registry once, sorted', () => {
    const ids = allRules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids.length).toBeGreaterThan(0);
  });

  for (const rule of allRules)
    test(rule.id, () => {
      const own = fixtures.filter((fixture) => fixture.rule === rule.id).map(({ name }) => name);
      expect(own).toContain(rule.examples.bad);
      expect(own).toContain(rule.examples.good);
      expect(rule.examples.bad).toMatch(/^bad-/);
      expect(rule.examples.good).toMatch(/^good-/);

      expect(rule.summary).toMatch(/^[^\s].*[^.\s]$/);
      expect(rule.why).toMatch(/^[^\s].*\.$/s);
      expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
      expect(rule.sources).not.toEqual([]);
      for (const source of rule.sources) expect(source).toMatch(/^https:\/\/\S+$/);
      for (const row of rule.mission) expect(row).toMatch(/^[A-Z]+\d+$/);
      for (const alias of rule.aliases) expect(alias).toMatch(/^[a-z-]+:\S+$/);
      expect(new Set(rule.aliases).size).toBe(rule.aliases.length);
      const judges = [rule.dockerfile, rule.stage, rule.service, rule.compose, rule.project, rule.policy].filter(
        Boolean,
      );
      expect(judges).not.toEqual([]);
    });
});
