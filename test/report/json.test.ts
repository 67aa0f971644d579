import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { renderJson } from '../../src/report/json.ts';
import type { Finding } from '../../src/vocabulary/finding.ts';
import { confidences, severities } from '../../src/vocabulary/severity.ts';
import type { Verdict } from '../../src/vocabulary/verdict.ts';
import { finding, Source, verdict } from './verdicts.ts';

const schemaFile = path.join(import.meta.dirname, '../../schema/verdict-1.schema.json');
const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8'));
const validate = new Ajv2020({ allErrors: true }).compile(schema);

function faultsOf(json: string): unknown {
  return validate(JSON.parse(json)) ? [] : validate.errors;
}

const text = fc.string({ unit: 'binary', maxLength: 20 });
const texts = fc.array(text, { maxLength: 3 });
const position = fc.record({ line: fc.integer({ min: 1 }), column: fc.integer({ min: 1 }), offset: fc.nat() });
const span = fc.record({ start: position, end: position });
const confidence = fc.constantFrom(...confidences);
const edit = fc.record({ span: fc.record({ file: text, start: fc.nat(), end: fc.nat() }), text });
const fix = fc.record(
  {
    title: text,
    safety: fc.constantFrom('safe', 'review'),
    provedBy: text,
    note: text,
    sets: texts,
    edits: fc.array(edit, { maxLength: 2 }),
  },
  { requiredKeys: ['title', 'safety', 'edits'] },
);
const someFinding: fc.Arbitrary<Finding> = fc.record(
  {
    rule: fc.string({ minLength: 1 }),
    aliases: texts,
    severity: fc.constantFrom(...severities),
    confidence,
    message: text,
    file: text,
    span,
    mission: texts,
    service: text,
    services: texts,
    related: fc.array(fc.record({ message: text, file: text, span }), { maxLength: 2 }),
    drill: text,
    fix,
    left: text,
  },
  { requiredKeys: ['rule', 'aliases', 'severity', 'confidence', 'message', 'file', 'span', 'mission'] },
) as fc.Arbitrary<Finding>;
const state = fc.constantFrom('pass', 'fail', 'open', 'not-applicable');
const item = fc.record({ id: text, text, state, evidence: text, at: texts });
const setting = fc.record({ name: text, value: text, from: text, confidence });
const acceptance = fc.record(
  { by: fc.constantFrom('comment', 'config', 'baseline'), at: text, reason: text, until: text },
  { requiredKeys: ['by', 'at'] },
);
const someSuppressed = fc.tuple(someFinding, acceptance).map(([one, how]) => ({ ...one, ...how }));
const someVerdict = fc.record({
  findings: fc.array(someFinding, { maxLength: 5 }),
  suppressed: fc.option(fc.array(someSuppressed, { minLength: 1, maxLength: 3 }), { nil: undefined }),
  checklists: fc.array(fc.record({ id: text, title: text, items: fc.array(item, { maxLength: 3 }) }), { maxLength: 3 }),
  services: fc.array(
    fc.record({ name: text, file: text, image: text, settings: fc.array(setting, { maxLength: 3 }) }),
    {
      maxLength: 3,
    },
  ),
  files: texts,
  unread: fc.array(fc.record({ path: text, reason: text }), { maxLength: 2 }),
  failures: fc.array(fc.record({ rule: text, message: text }), { maxLength: 2 }),
}) as fc.Arbitrary<Verdict>;

test('any verdict answers the schema and comes back as it went in', () => {
  fc.assert(
    fc.property(someVerdict, (some) => {
      const json = renderJson(some, { version: '0.1.0' });
      expect(faultsOf(json)).toEqual([]);
      const { $schema, schemaVersion, tool, summary, ...body } = JSON.parse(json);
      expect(body).toEqual(JSON.parse(JSON.stringify(some)));
      expect([$schema, schemaVersion, tool]).toEqual([schema.$id, 1, { name: 'seaworthy', version: '0.1.0' }]);
      const { critical, high, medium, low } = summary.bySeverity;
      expect(critical + high + medium + low).toBe(some.findings.length);
      expect(summary.suppressed).toBe(some.suppressed?.length);
    }),
  );
});

test('a real verdict answers the schema', async () => {
  const files = {
    Dockerfile: 'FROM node\nENV API_KEY=x\nCMD npm start\n',
    'compose.yaml': 'services:\n  api:\n    build: .\n  db:\n    image: postgres:16\n    ports: ["5432:5432"]\n',
  };
  const judged = await check({ files }, { today: '2026-01-01' });
  expect(judged.files).toContain('compose.yaml');
  expect(faultsOf(renderJson(judged, { version: '0.1.0' }))).toEqual([]);
});

test('written down: a small verdict', () => {
  const source = new Source('compose.yaml', 'services:\n  db: {}\n');
  const one = finding({ rule: 'compose/x', message: 'Wrong', service: 'db', ...source.at(2, 'db') });
  const json = renderJson(verdict({ findings: [one], files: ['compose.yaml'], unread: [{ path: 'a', reason: 'b' }] }), {
    version: '1.2.3',
  });
  expect(json).toBe(`{
  "$schema": "seaworthy/schema/verdict-1.schema.json",
  "schemaVersion": 1,
  "tool": {
    "name": "seaworthy",
    "version": "1.2.3"
  },
  "summary": {
    "findings": 1,
    "bySeverity": {
      "critical": 0,
      "high": 1,
      "medium": 0,
      "low": 0
    },
    "items": {
      "pass": 0,
      "fail": 0,
      "open": 0,
      "not-applicable": 0
    },
    "complete": false
  },
  "findings": [
    {
      "rule": "compose/x",
      "aliases": [],
      "severity": "high",
      "confidence": "certain",
      "message": "Wrong",
      "file": "compose.yaml",
      "span": {
        "start": {
          "line": 2,
          "column": 3,
          "offset": 12
        },
        "end": {
          "line": 2,
          "column": 5,
          "offset": 14
        }
      },
      "service": "db",
      "mission": []
    }
  ],
  "checklists": [],
  "services": [],
  "files": [
    "compose.yaml"
  ],
  "unread": [
    {
      "path": "a",
      "reason": "b"
    }
  ],
  "failures": []
}
`);
});

test('what the vocabulary does not know does not get out', () => {
  const extra = {
    ...finding({ rule: 'compose/x', message: 'm', ...new Source('f', 'x').at(1, 'x') }),
    hidden: 'secret',
  };
  expect(renderJson(verdict({ findings: [extra] }), { version: '1' })).not.toContain('secret');
});

test('the schema refuses drift: a field too many, one missing, a word it does not know', () => {
  const good = JSON.parse(
    renderJson(verdict({ findings: [finding({ rule: 'a/b', message: 'm', ...new Source('f', 'x').at(1, 'x') })] }), {
      version: '1',
    }),
  );
  expect(validate(good)).toBe(true);
  expect(validate({ ...good, extra: 1 })).toBe(false);
  expect(validate({ ...good, files: undefined })).toBe(false);
  const [first] = good.findings;
  for (const change of [
    { extra: 1 },
    { severity: 'fatal' },
    { span: { start: first.span.start } },
    { fix: { title: 't' } },
  ])
    expect(validate({ ...good, findings: [{ ...first, ...change }] })).toBe(false);
});

test('every object of the schema is closed and every field of a finding described', () => {
  const open: unknown[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'object' && !('additionalProperties' in node)) open.push(node);
    for (const child of Object.values(node)) visit(child);
  };
  visit(schema);
  expect(open).toEqual([]);
  for (const [name, field] of Object.entries<object>(schema.$defs.finding.properties))
    expect('description' in field || '$ref' in field, name).toBe(true);
});
