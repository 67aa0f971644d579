import { describe, expect, test } from 'vitest';
import { judge } from '../../src/judge/judge.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { project } from '../model/reading.ts';

const rule = (id: Rule['id'], judgement: Partial<Rule>): Rule => ({
  id,
  summary: 'A rule of this test',
  why: 'To see what becomes of it.',
  sources: ['https://example.com/'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN1'],
  aliases: ['other:X1'],
  examples: { bad: 'bad', good: 'good' },
  ...judgement,
});

const files = {
  'compose.yaml': 'services:\n  a: { build: . }\n  b: { build: . }\n  c: { image: x }\n',
  Dockerfile: 'FROM alpine AS unused\nFROM alpine\nRUN true\n',
};
const everyService = rule('project/services', {
  service: (service, report) => report({ at: service.nameSpan, message: `it is ${service.name}` }),
});
const everyStage = rule('project/stages', {
  stage: (stage, report) => report({ at: stage.from.span, message: `stage ${stage.index}` }),
});
const broken = rule('project/broken', {
  project() {
    throw new Error('on purpose');
  },
});

test('a rule that throws is named, and the rest run', () => {
  const verdict = judge(project(files), [broken, everyService]);
  expect(verdict.failures).toEqual([{ rule: 'project/broken', message: 'on purpose' }]);
  expect(verdict.findings).toHaveLength(3);
  expect(verdict.services).toHaveLength(3);
});

test('a finding is what the report says over what the rule says', () => {
  const own = rule('project/own', {
    project: (_, report) =>
      report({
        at: { file: 'Dockerfile', start: 22, end: 26 },
        message: 'here',
        severity: 'low',
        confidence: 'guess',
        aliases: [],
        related: [{ at: { file: 'compose.yaml', start: 0, end: 8 }, message: 'and here' }],
      }),
  });
  expect(judge(project(files), [own]).findings).toEqual([
    {
      rule: 'project/own',
      aliases: [],
      severity: 'low',
      confidence: 'guess',
      message: 'here',
      file: 'Dockerfile',
      span: { start: { line: 2, column: 1, offset: 22 }, end: { line: 2, column: 5, offset: 26 } },
      related: [
        {
          file: 'compose.yaml',
          span: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 9, offset: 8 } },
          message: 'and here',
        },
      ],
      mission: ['RUN1'],
    },
  ]);
});

test('stages that are not built are not judged', () => {
  expect(judge(project(files), [everyStage]).findings.map(({ message }) => message)).toEqual(['stage 1']);
});

test('services that share a Dockerfile share its findings', () => {
  const [only, ...others] = judge(project(files), [everyStage]).findings;
  expect(others).toEqual([]);
  expect(only).toMatchObject({ service: 'a', services: ['a', 'b'] });
});

test('findings come by file, place and severity, whatever the order of the rules', () => {
  const at = (start: number, message: string, severity: Rule['severity']) =>
    rule(`project/${message}`, {
      severity,
      project: (_, report) => report({ at: { file: 'Dockerfile', start, end: start + 1 }, message }),
    });
  const rules = [at(5, 'later', 'critical'), at(0, 'mild', 'low'), at(0, 'grave', 'high')];
  const order = (some: readonly Rule[]) => judge(project(files), some).findings.map(({ message }) => message);
  expect(order(rules)).toEqual(['grave', 'mild', 'later']);
  expect(order(rules.toReversed())).toEqual(['grave', 'mild', 'later']);
});

describe('which rules run', () => {
  const opt = rule('project/opt-in', {
    optIn: true,
    project: (_, report) => report({ at: span, message: 'asked for' }),
  });
  const span = { file: 'Dockerfile', start: 0, end: 1 };
  const rules = [everyStage, opt];
  const ran = (options: Parameters<typeof judge>[2]) =>
    judge(project(files), rules, options).findings.map((one) => one.rule);

  test('opt-in ones only when asked for', () => {
    expect(ran({})).toEqual(['project/stages']);
    expect(ran({ optIn: ['project/opt-in'] })).toEqual(['project/opt-in', 'project/stages']);
  });

  test('only those asked for', () => {
    expect(ran({ only: ['project/opt-in'] })).toEqual(['project/opt-in']);
    expect(ran({ only: [] })).toEqual([]);
  });
});

test('secrets are masked in messages and in related ones', () => {
  const secret = 'Tr0ub4dor-and-three';
  const telling = rule('project/telling', {
    project: (_, report) => {
      const at = { file: 'Dockerfile', start: 0, end: 1 };
      report({ at, message: `it is ${secret}`, related: [{ at, message: `really ${secret}` }] });
    },
  });
  const { findings } = judge(project({ Dockerfile: `FROM a\nENV DB_PASSWORD=${secret}\n` }), [telling]);
  expect(findings[0]).toMatchObject({ message: 'it is ***', related: [{ message: 'really ***' }] });
});

test('every path of a verdict begins with the prefix', () => {
  const verdict = judge(project(files), [everyService, everyStage], { prefix: '../other/' });
  expect(verdict.files).toEqual(['../other/Dockerfile', '../other/compose.yaml']);
  for (const finding of verdict.findings) expect(finding.file).toMatch(/^\.\.\/other\//);
  const settings = verdict.services.flatMap((service) => service.settings.map(({ from }) => from));
  expect(
    settings.filter((from) => /(?:Dockerfile|compose\.yaml):\d/.test(from) && !from.startsWith('../other/')),
  ).toEqual([]);
  expect(verdict.services[0]?.file).toBe('../other/compose.yaml');
});
