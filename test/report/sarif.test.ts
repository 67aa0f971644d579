import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, rules } from '../../src/index.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import type { Finding } from '../../src/vocabulary/finding.ts';
import type { SuppressedFinding } from '../../src/vocabulary/verdict.ts';
import { sarifSchema } from './sarif-schema.ts';
import { card, extras, someVerdict } from './some-verdict.ts';
import { finding, Source, verdict } from './verdicts.ts';

const validate = new Ajv2020({ allErrors: true, formats: { uri: /^https:\/\// } }).compile(sarifSchema);

function runOf(sarif: string) {
  expect(validate(JSON.parse(sarif)) ? [] : validate.errors).toEqual([]);
  return JSON.parse(sarif).runs[0];
}

const compose = new Source('a b/compose.yaml', 'services:\n  db:\n    image: postgres\n');
const one = (fields: Partial<Finding> = {}) =>
  finding({ rule: 'compose/a', message: 'Wrong', service: 'db', ...compose.at(3, 'postgres'), ...fields });

test('any verdict gives valid SARIF, one result for each finding, each knowing its rule', () => {
  fc.assert(
    fc.property(someVerdict, (some) => {
      const run = runOf(renderSarif(some, extras));
      const told = [...some.findings, ...(some.suppressed ?? [])];
      expect(run.results).toHaveLength(told.length);
      for (const [index, result] of run.results.entries()) {
        expect(result.ruleId).toBe(told[index]?.rule);
        expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      }
    }),
  );
});

test('a real verdict is valid SARIF', async () => {
  const files = {
    Dockerfile: 'FROM node\nENV API_KEY=x\nCMD npm start\n',
    'compose.yaml': 'services:\n  a:\n    build: .\n',
  };
  const judged = await check({ files }, { today: '2026-01-01' });
  const run = runOf(renderSarif(judged, { version: '0.1.0', rules: rules() }));
  expect(run.results.length).toBeGreaterThan(5);
  expect(run.tool.driver.rules.every((rule: { help?: unknown }) => rule.help)).toBe(true);
});

test('written down: a result', () => {
  const related = [{ ...compose.at(2, 'db'), message: 'It is this one' }];
  const [result] = runOf(renderSarif(verdict({ findings: [one({ related, confidence: 'likely' })] }), extras)).results;
  const at = (region: object) => ({
    artifactLocation: { uri: 'a%20b/compose.yaml', uriBaseId: '%SRCROOT%' },
    region,
  });
  expect({ ...result, partialFingerprints: undefined }).toEqual({
    ruleId: 'compose/a',
    ruleIndex: 0,
    level: 'error',
    message: { text: 'Wrong' },
    rank: 70,
    locations: [
      {
        physicalLocation: at({ startLine: 3, startColumn: 12, endLine: 3, endColumn: 20 }),
        logicalLocations: [{ name: 'db', fullyQualifiedName: 'services.db', kind: 'resource' }],
      },
    ],
    relatedLocations: [
      {
        id: 1,
        physicalLocation: at({ startLine: 2, startColumn: 3, endLine: 2, endColumn: 5 }),
        message: { text: 'It is this one' },
      },
    ],
    properties: { severity: 'high', confidence: 'likely', aliases: [] },
  });
});

test('severity is level and rank: a surer finding never outranks a worse one', () => {
  const findings = (['critical', 'high', 'medium', 'low'] as const).flatMap((severity) =>
    (['certain', 'likely', 'guess'] as const).map((confidence) => one({ severity, confidence })),
  );
  const { results } = runOf(renderSarif(verdict({ findings }), extras));
  const ranks = results.map(({ rank }: { rank: number }) => rank);
  expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
  expect(new Set(ranks).size).toBe(12);
  expect(results.map(({ level }: { level: string }) => level)).toEqual(
    ['error', 'error', 'warning', 'note'].flatMap((level) => [level, level, level]),
  );
});

test('a rule has its aliases as tags, 20 at most; only one about attackers has a score', () => {
  const aliases = Array.from({ length: 40 }, (_, at) => `peer:R${at}`);
  const rule = (mission: string) =>
    runOf(
      renderSarif(verdict({ findings: [one()] }), {
        ...extras,
        rules: [card({ id: 'compose/a', mission: [mission], aliases })],
      }),
    ).tool.driver.rules[0];
  expect(rule('RUN2').properties).toMatchObject({ 'security-severity': '8.0', precision: 'very-high', aliases });
  expect(rule('RUN2').properties.tags.slice(0, 4)).toEqual(['security', 'compose', 'RUN2', 'peer:R0']);
  expect(rule('RUN2').properties.tags).toHaveLength(20);
  expect(rule('RUN9').properties).not.toHaveProperty('security-severity');
});

test('a fingerprint outlives moved lines, and tells like findings apart', () => {
  const prints = (...findings: Finding[]) =>
    runOf(renderSarif(verdict({ findings }), extras)).results.map(
      (result: { partialFingerprints: Record<string, string> }) => result.partialFingerprints['seaworthy/v1'],
    );
  const [here] = prints(one());
  expect(prints(one(compose.at(2, 'db')))).toEqual([here]);
  const others = [one({ message: 'x' }), one({ file: 'x' }), one({ rule: 'x' }), one({ service: 'x' })];
  expect(new Set([here, ...others.flatMap((other) => prints(other))]).size).toBe(5);
  const [first, second] = prints(one(), one(compose.at(2, 'db')));
  expect(first).toBe(here);
  expect(second).not.toBe(here);
});

test('a fix is offsets and text; one without edits is none', () => {
  const edits = [
    { span: { file: 'f', start: 3, end: 5 }, text: 'x' },
    { span: { file: 'f', start: 9, end: 9 }, text: 'y' },
  ];
  const fixes = (given: typeof edits) =>
    runOf(
      renderSarif(verdict({ findings: [one({ fix: { title: 'Mend it', safety: 'review', edits: given } })] }), extras),
    ).results[0].fixes;
  expect(fixes(edits)).toEqual([
    {
      description: { text: 'Mend it (review first)' },
      artifactChanges: [
        {
          artifactLocation: { uri: 'f', uriBaseId: '%SRCROOT%' },
          replacements: [
            { deletedRegion: { charOffset: 3, charLength: 2 }, insertedContent: { text: 'x' } },
            { deletedRegion: { charOffset: 9, charLength: 0 }, insertedContent: { text: 'y' } },
          ],
        },
      ],
    },
  ]);
  expect(fixes([])).toBeUndefined();
});

describe('what is suppressed', () => {
  const suppressed = (fields: Partial<SuppressedFinding>): SuppressedFinding => ({
    ...one({ message: 'Accepted' }),
    by: 'comment',
    at: 'a b/compose.yaml:2',
    ...fields,
  });
  const suppressionsOf = (...some: SuppressedFinding[]) =>
    runOf(renderSarif(verdict({ findings: [one()], suppressed: some }), extras)).results.map(
      (result: { suppressions?: unknown }) => result.suppressions,
    );

  test('comes last, with why and where; other results say that they are not', () => {
    expect(suppressionsOf(suppressed({ reason: 'Behind the firewall', until: '2027-01-31' }))).toEqual([
      [],
      [
        {
          kind: 'inSource',
          status: 'accepted',
          justification: 'Behind the firewall',
          location: {
            physicalLocation: {
              artifactLocation: { uri: 'a%20b/compose.yaml', uriBaseId: '%SRCROOT%' },
              region: { startLine: 2 },
            },
          },
          properties: { by: 'comment', until: '2027-01-31' },
        },
      ],
    ]);
  });

  test('is in the source where its own file says so, else outside', () => {
    const kinds = suppressionsOf(
      suppressed({ by: 'config', at: 'seaworthy.yaml:4' }),
      suppressed({ by: 'config', at: 'a b/compose.yaml:9' }),
      suppressed({ by: 'baseline', at: 'baseline.json' }),
      suppressed({ by: 'baseline', at: '/elsewhere/baseline.json' }),
    ).flatMap((some: { kind: string; location?: unknown }[]) => some.map(({ kind, location }) => [kind, !!location]));
    expect(kinds).toEqual([
      ['external', true],
      ['inSource', true],
      ['external', true],
      ['external', false],
    ]);
  });

  test('changes neither the results that count nor their fingerprints, and may be left out', () => {
    const all = verdict({ findings: [one()], suppressed: [suppressed({ message: 'Wrong' })] });
    const [plain] = runOf(renderSarif(verdict({ findings: [one()] }), extras)).results;
    expect(plain).not.toHaveProperty('suppressions');
    expect(runOf(renderSarif(all, extras)).results[0]).toEqual({ ...plain, suppressions: [] });
    expect(runOf(renderSarif(all, { ...extras, withoutSuppressed: true })).results).toEqual([plain]);
  });
});

test('what was not looked at and what broke is told; a link in a message is none', () => {
  const some = verdict({
    findings: [one({ message: '[a](https://evil.example)' })],
    unread: [{ path: 'big', reason: 'too large' }],
    failures: [{ rule: 'compose/b', message: 'boom' }],
  });
  const run = runOf(renderSarif(some, extras));
  expect(run.results[0].message.text).toBe('\\[a\\](https://evil.example)');
  expect(run.invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        { level: 'error', message: { text: 'The rule compose/b broke: boom' } },
        { level: 'warning', message: { text: 'Not looked at: big: too large' } },
      ],
    },
  ]);
});
