import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fields } from '../../../src/judge/config/fields.ts';
import { readConfiguration, readServiceConfiguration } from '../../../src/judge/config/read-configuration.ts';
import { parseYaml } from '../../../src/read/yaml/parse.ts';

const file = path.join(import.meta.dirname, '../../../schema/config-1.schema.json');
const schema = JSON.parse(fs.readFileSync(file, 'utf8'));
const ajv = new Ajv2020({ allErrors: true, strictTypes: false, strictRequired: false });
const isProject = ajv.compile(schema);
const isService = ajv.compile({ $ref: `${schema.$id}#/$defs/service` });

function projectFaults(value: unknown): string[] {
  return readConfiguration(JSON.stringify(value), 'seaworthy.yaml').faults.map(({ message }) => message);
}

function serviceFaults(value: unknown): string[] {
  const fields = new Fields();
  const [node] = parseYaml(JSON.stringify(value), 'compose.yaml').documents;
  if (!node) throw new Error('nothing was read');
  readServiceConfiguration(node, 'db', fields);
  return fields.faults.map(({ message }) => message);
}

const reason = 'because';
const good: unknown[] = [
  {},
  { $schema: './x.json' },
  { ignore: [] },
  { ignore: [{ rule: 'a/b', reason }] },
  { ignore: [{ rule: ['a/b', 'DL3006'], service: ['a', 'b'], path: 'x/**', reason, until: '2027-01-31' }] },
  { rules: { 'a/b': 'on', 'c/d': true, 'e/f': 'low', 'g/h': { enabled: false, reason }, 'i/j': { severity: 'high' } } },
  { rules: { 'a/b': { enabled: true, severity: 'low' } } },
  { 'fail-on': 'never', registries: ['ghcr.io/acme'], 'require-reasons': true },
];
const bad: [unknown, RegExp][] = [
  [[], /must be a mapping/],
  [{ fail_on: 'high' }, /no key "fail_on"/],
  [{ 'fail-on': 'worst' }, /"fail-on" must be critical, high, medium, low or never/],
  [{ ignore: {} }, /"ignore" must be a list/],
  [{ ignore: ['a/b'] }, /must be a mapping/],
  [{ ignore: [{ rule: 'a/b' }] }, /must give a "reason"/],
  [{ ignore: [{ reason }] }, /must name a "rule"/],
  [{ ignore: [{ rule: [], reason }] }, /at least one/],
  [{ ignore: [{ rule: 'a/b', reason: ' ' }] }, /"reason" must be a text/],
  [{ ignore: [{ rule: 'a/b', reason, until: 'soon' }] }, /"until" must be a day/],
  [{ ignore: [{ rule: 'a/b', reason, until: 20270131 }] }, /"until" must be a day/],
  [{ ignore: [{ rule: 'a/b', reason, unti: '2027-01-31' }] }, /no key "unti"/],
  [{ ignore: [{ rule: 5, reason }] }, /"rule" must be a text/],
  [{ rules: [] }, /must be a mapping from rules/],
  [{ rules: { 'a/b': 'off' } }, /must be "on", a severity/],
  [{ rules: { 'a/b': false } }, /must be "on", a severity/],
  [{ rules: { 'a/b': {} } }, /must say "enabled" or "severity"/],
  [{ rules: { 'a/b': { reason } } }, /must say "enabled" or "severity"/],
  [{ rules: { 'a/b': { enabled: false } } }, /switched off with a "reason"/],
  [{ rules: { 'a/b': { enabled: 'no' } } }, /must be true or false/],
  [{ registries: 'ghcr.io' }, /must be a list/],
  [{ registries: [['ghcr.io']] }, /must be a text/],
  [{ 'require-reasons': 'yes' }, /must be true or false/],
];

describe('the schema and the reader take the same', () => {
  test.each(good)('%j', (value) => {
    expect(isProject(value), JSON.stringify(isProject.errors)).toBe(true);
    expect(projectFaults(value)).toEqual([]);
  });

  test.each(bad)('not %j', (value, why) => {
    expect(isProject(value)).toBe(false);
    expect(projectFaults(value).join('\n')).toMatch(why);
  });

  test.each([
    {},
    { ignore: [{ rule: 'a/b', reason }] },
    { ignore: [{ rule: 'a/b', reason, path: ['x'], until: '2027-01-31' }] },
    { rules: { 'a/b': 'low', 'c/d': { enabled: false, reason } } },
  ])('in a service: %j', (value) => {
    expect(isService(value), JSON.stringify(isService.errors)).toBe(true);
    expect(serviceFaults(value)).toEqual([]);
  });

  test.each([
    { ignore: [{ rule: 'a/b', reason, service: 'x' }] },
    { rules: { 'a/b': 'on' } },
    { rules: { 'a/b': { enabled: true } } },
    { 'fail-on': 'high' },
    'text',
  ])('not in a service: %j', (value) => {
    expect(isService(value)).toBe(false);
    expect(serviceFaults(value)).not.toEqual([]);
  });

  const scalar = fc.constantFrom<unknown>(
    'on',
    'low',
    'never',
    'a/b',
    '',
    ' ',
    '2027-01-31',
    '2027-02-40',
    true,
    false,
    3,
    null,
  );
  const key = fc.constantFrom(
    'rule',
    'service',
    'path',
    'reason',
    'until',
    'enabled',
    'severity',
    'a/b',
    'ignore',
    'rules',
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      scalar,
      fc.array(tie('any'), { maxLength: 2 }),
      fc.dictionary(key, tie('any'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).any;
  const top = fc.constantFrom('ignore', 'rules', 'fail-on', 'registries', 'require-reasons', 'other');

  test('whatever it is', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.dictionary(top, value, { maxKeys: 3, noNullPrototype: true }), (some) => {
        const fits = isProject(some);
        if (fits && Object.keys(some).length > 0) taken += 1;
        expect(projectFaults(some).length === 0, JSON.stringify(some)).toBe(fits);
      }),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(20);
  });

  test('whatever an entry is', () => {
    const entry = fc.record(
      {
        rule: fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })),
        reason: fc.oneof(fc.constant(reason), scalar),
        service: fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })),
        path: scalar,
        until: scalar,
        other: scalar,
      },
      { requiredKeys: [], noNullPrototype: true },
    );
    const setting = fc.record(
      { enabled: scalar, severity: scalar, reason: scalar },
      { requiredKeys: [], noNullPrototype: true },
    );
    fc.assert(
      fc.property(entry, fc.oneof(scalar, setting), (one, other) => {
        const some = { ignore: [one], rules: { 'a/b': other } };
        expect(projectFaults(some).length === 0, JSON.stringify(some)).toBe(isProject(some));
        expect(serviceFaults(some).length === 0, JSON.stringify(some)).toBe(isService(some));
      }),
      { numRuns: 3000 },
    );
  });
});

test('every property is described, for editors', () => {
  const bare: string[] = [];
  const visit = (node: unknown, at: string): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, child] of Object.entries(node)) {
      if (name === 'properties' && !at.endsWith('/if') && !at.endsWith('anyOf/1'))
        for (const [property, value] of Object.entries<Record<string, string>>(child)) {
          const target = value['$ref']?.startsWith('#/$defs/') ? schema.$defs[value['$ref'].slice(8)] : undefined;
          if (!value['description'] && !target?.description) bare.push(`${at}/${property}`);
        }
      visit(child, `${at}/${name}`);
    }
  };
  visit(schema, '');
  expect(bare).toEqual([]);
});

test('what cannot be read is a fault with a place, and never an error', () => {
  const configuration = readConfiguration('ignore: [\nrules: {', 'seaworthy.yaml');
  expect(configuration.faults[0]?.at.file).toBe('seaworthy.yaml');
  expect(readConfiguration('a: 1\n---\nb: 2\n', 's').faults.some(({ message }) => message.includes('second'))).toBe(
    true,
  );
  expect(readConfiguration('', 's').faults).toEqual([]);
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => void readConfiguration(text, 's')));
});
