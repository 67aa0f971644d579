import { expect, test } from 'vitest';
import { Places } from '../../../src/judge/places.ts';
import { suppress } from '../../../src/judge/suppress/suppress.ts';
import type { Suppression } from '../../../src/judge/suppress/suppression.ts';
import { readProject } from '../../../src/model/read-project.ts';
import { memoryFiles } from '../../../src/read/files-memory.ts';
import type { Finding } from '../../../src/vocabulary/finding.ts';

const places = new Places(readProject(memoryFiles({}), { today: '2026-11-21' }));

function findingAt(offset: number, fields: Partial<Finding> = {}): Finding {
  const point = { line: 1, column: offset + 1, offset };
  return {
    rule: 'a/b',
    aliases: [],
    severity: 'high',
    confidence: 'certain',
    message: 'm',
    file: 'f',
    span: { start: point, end: point },
    mission: [],
    ...fields,
  };
}

function suppression(fields: Partial<Suppression>): Suppression {
  return {
    by: 'comment',
    at: { file: '', start: 0, end: 0 },
    isOwn: true,
    names: ['a/b'],
    tool: undefined,
    reason: 'why',
    until: undefined,
    area: undefined,
    services: undefined,
    takesFile: undefined,
    ...fields,
  };
}

test('areas nest, and each is left behind', () => {
  const areas = [
    [0, 100],
    [10, 20],
    [12, 14],
    [60, 70],
  ].map(([start = 0, end = 0], index) =>
    suppression({ names: ['x/y', `a/r${index}`], area: { file: 'f', start, end } }),
  );
  const findings = [5, 12, 14, 15, 30, 60, 70, 71].flatMap((offset) =>
    [1, 2, 3].map((rule) => findingAt(offset, { rule: `a/r${rule}` })),
  );
  const { suppressed } = suppress(findings, areas, places);
  expect(suppressed.map(({ rule, span }) => `${rule} ${span.start.offset}`)).toEqual([
    'a/r1 12',
    'a/r2 12',
    'a/r1 14',
    'a/r2 14',
    'a/r1 15',
    'a/r3 60',
    'a/r3 70',
  ]);
});

test('a finding of two services goes only when both accept it', () => {
  const shared = findingAt(0, { service: 'api', services: ['api', 'worker'] });
  const ofApi = suppression({ by: 'config', services: ['api'] });
  const ofWorker = suppression({ by: 'config', services: ['worker'] });
  expect(suppress([shared], [ofApi], places).kept).toEqual([shared]);
  expect(suppress([shared], [ofApi, ofWorker], places).kept).toEqual([]);
  expect(suppress([shared], [suppression({ by: 'config', services: ['worker', 'api', 'db'] })], places).kept).toEqual(
    [],
  );
  expect(suppress([findingAt(0)], [ofApi], places).kept).toHaveLength(1);
});

test('of several, the one with a reason is named', () => {
  const bare = suppression({ reason: undefined });
  const { suppressed } = suppress([findingAt(0)], [bare, suppression({ reason: 'told' })], places);
  expect(suppressed[0]).toMatchObject({ reason: 'told', by: 'comment', at: 'configuration' });
});

test('forty thousand comments over forty thousand findings are no matter', () => {
  const number = 40_000;
  const findings = Array.from({ length: number }, (_, index) => findingAt(index * 10));
  const areas = findings.map((_, index) =>
    suppression({ area: { file: 'f', start: index * 10, end: index * 10 + 9 } }),
  );
  const began = performance.now();
  expect(suppress(findings, areas, places).suppressed).toHaveLength(number);
  expect(performance.now() - began).toBeLessThan(2000);
});
