import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderJunit } from '../../src/report/junit.ts';
import { atLeast } from '../../src/vocabulary/severity.ts';
import { extras, someVerdict } from './some-verdict.ts';
import { finding, Source, verdict } from './verdicts.ts';
import { type Element, parseXml } from './xml.ts';

const source = new Source('compose.yaml', 'services:\n  db: {}\n');
const one = (fields: object = {}) =>
  finding({ rule: 'compose/a', message: 'Wrong & "bad"', service: 'db', ...source.at(2, 'db'), ...fields });

const casesOf = (root: Element) => root.children.flatMap(({ children }) => children);

test('written down', () => {
  const some = verdict({
    findings: [one(), one({ severity: 'low', rule: 'compose/b' })],
    files: ['compose.yaml', 'Dockerfile'],
    unread: [{ path: 'big', reason: 'too large' }],
    failures: [{ rule: 'compose/c', message: 'boom' }],
  });
  expect(renderJunit(some, { ...extras, failOn: 'medium' })).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="seaworthy 1.2.3" tests="5" failures="1" errors="1" skipped="1">
  <testsuite name="db" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="db" name="compose/a compose.yaml:2:3" file="compose.yaml" line="2" time="0">
      <failure type="compose/a" message="Wrong &amp; &quot;bad&quot;">high (certain): Wrong &amp; &quot;bad&quot;
compose.yaml:2:3
It hurts.</failure>
    </testcase>
    <testcase classname="db" name="compose/b compose.yaml:2:3" file="compose.yaml" line="2" time="0">
      <system-out>low (certain): Wrong &amp; &quot;bad&quot;
compose.yaml:2:3</system-out>
    </testcase>
  </testsuite>
  <testsuite name="Dockerfile" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="Dockerfile" name="no findings" time="0"/>
  </testsuite>
  <testsuite name="seaworthy" tests="2" failures="0" errors="1" skipped="1">
    <testcase classname="seaworthy" name="not looked at: big" time="0">
      <skipped message="too large"/>
    </testcase>
    <testcase classname="seaworthy" name="a bug in seaworthy: compose/c" time="0">
      <error type="compose/c" message="boom"/>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('any verdict gives well-formed XML whose numbers are those of its cases', () => {
  const failOn = fc.constantFrom(undefined, 'never', 'critical', 'medium', 'low') as fc.Arbitrary<
    'never' | 'medium' | undefined
  >;
  fc.assert(
    fc.property(someVerdict, failOn, (some, from) => {
      const root = parseXml(renderJunit(some, from === undefined ? extras : { ...extras, failOn: from }));
      const cases = casesOf(root);
      const of = (kind: string) => cases.filter(({ children }) => children[0]?.name === kind).length;
      const numbers = [cases.length, of('failure'), of('error'), of('skipped')].map(String);
      const { tests, failures, errors, skipped } = root.attributes;
      expect([tests, failures, errors, skipped]).toEqual(numbers);
      expect(of('failure')).toBe(
        some.findings.filter(({ severity }) => from === undefined || (from !== 'never' && atLeast(severity, from)))
          .length,
      );
      expect(of('error')).toBe(some.failures.length);
      expect(of('skipped')).toBe(some.unread.length);
    }),
  );
});

test('a message comes through whole, but for what XML cannot hold', () => {
  const cases = casesOf(
    parseXml(renderJunit(verdict({ findings: [one({ message: '<a>&]]>\u0000\ud800\uffff"' })] }), extras)),
  );
  expect(cases[0]?.children[0]?.attributes['message']).toBe('<a>&]]>\\x00\\ud800\ufffd"');
});

test('what is well is told too', () => {
  const calm = parseXml(renderJunit(verdict({ files: ['Dockerfile'] }), extras));
  expect(casesOf(calm).map(({ attributes }) => attributes['name'])).toEqual(['no findings']);
});

test('the checker refuses what is not well-formed', () => {
  for (const bad of [
    '<a>',
    '<a></b>',
    '<a b="1" b="2"/>',
    '<a>&</a>',
    '<a>&x;</a>',
    '<a b="<"/>',
    '<a/><b/>',
    'x',
    '<a>\u0001</a>',
  ])
    expect(() => parseXml(bad), bad).toThrow();
});
