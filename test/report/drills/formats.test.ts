import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../../src/report/cells.ts';
import { renderDrillJson } from '../../../src/report/drills/json.ts';
import { renderDrillJunit } from '../../../src/report/drills/junit.ts';
import { renderDrillMarkdown } from '../../../src/report/drills/markdown.ts';
import { renderDrillText } from '../../../src/report/drills/text.ts';
import { parseXml } from '../xml.ts';
import { shop } from './shop.ts';
import { report, result, someReport } from './some-report.ts';

const extras = { version: '1.2.3' };

describe('json', () => {
  const file = path.join(import.meta.dirname, '../../../schema/drill-1.schema.json');
  const ajv = new Ajv2020({ allErrors: true, validateFormats: false, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(fs.readFileSync(file, 'utf8')));
  const faultsOf = (json: string) => (validate(JSON.parse(json)) ? [] : validate.errors);

  test('any report answers the schema and comes back as it went in', () => {
    fc.assert(
      fc.property(someReport, (some) => {
        const json = renderDrillJson(some, extras);
        expect(faultsOf(json)).toEqual([]);
        const { $schema: _schema, tool: _tool, summary, ...rest } = JSON.parse(json);
        // JSON knows no -0 and drops what is undefined.
        expect(rest).toEqual(JSON.parse(JSON.stringify(some)));
        expect(summary.held + summary.broke + summary.inconclusive).toBe(some.drills.length);
      }),
    );
  });

  test('what JSON cannot hold is not null', () => {
    const series = {
      name: 'a',
      panel: 'cpu' as const,
      unit: '%',
      points: [
        [0, Number.NaN],
        [1, 2],
      ] as const,
      limit: 1 / 0,
    };
    const timeline = { seconds: 1, series: [series], events: [], health: [] };
    const json = renderDrillJson(
      report({ drills: [result({ evidence: [{ name: 'limit', value: Number.POSITIVE_INFINITY }], timeline })] }),
      extras,
    );
    expect(faultsOf(json)).toEqual([]);
    expect(JSON.parse(json).drills[0]).toMatchObject({
      evidence: [{ name: 'limit', value: 'Infinity' }],
      timeline: { series: [{ points: [[1, 2]] }] },
    });
  });

  test('the schema refuses what is no report', () => {
    for (const change of [
      { drills: [{ ...result(), outcome: 'passed' }] },
      { drills: [{ ...result(), more: 1 }] },
      { version: 2 },
      { standIns: undefined },
    ])
      expect(faultsOf(JSON.stringify({ ...JSON.parse(renderDrillJson(shop, extras)), ...change }))).not.toEqual([]);
  });
});

describe('junit', () => {
  test('written down', () => {
    const some = report({
      drills: [
        result({ evidence: [{ name: 'exit code', value: 0 }] }),
        result({ id: 'pid-1', outcome: 'inconclusive', summary: 'no signal <seen>' }),
        result({ id: 'clock', outcome: 'broke', summary: 'late', advice: ['stop_grace_period: 5s'] }),
      ],
      skipped: [{ id: 'honest-health', service: 'web', because: 'no health check', applies: false }],
    });
    expect(renderDrillJunit(some, extras)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="seaworthy 1.2.3" tests="4" failures="1" errors="0" skipped="2" time="95.500">
  <testsuite name="web" tests="4" failures="1" errors="0" skipped="2" timestamp="2026-11-21T08:00:00.000Z">
    <testcase classname="web" name="clock" time="12.400">
      <failure type="clock" message="late">late
claim: Told to stop, the service leaves by itself within its grace period and loses no request
advice: stop_grace_period: 5s</failure>
    </testcase>
    <testcase classname="web" name="pid-1" time="12.400">
      <skipped message="inconclusive: no signal &lt;seen&gt;"/>
    </testcase>
    <testcase classname="web" name="graceful-stop" time="12.400">
      <system-out>left with code 0 after 2.1 s; lost 0 of 2,041 requests
claim: Told to stop, the service leaves by itself within its grace period and loses no request
exit code: 0</system-out>
    </testcase>
    <testcase classname="web" name="honest-health" time="0.000">
      <skipped message="no health check"/>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  test('any report gives well-formed XML whose numbers are those of its cases', () => {
    fc.assert(
      fc.property(someReport, fc.boolean(), (some, strict) => {
        const root = parseXml(renderDrillJunit(some, { ...extras, strict }));
        const cases = root.children.flatMap(({ children }) => children);
        const of = (kind: string) => cases.filter(({ children }) => children[0]?.name === kind).length;
        const { tests, failures, skipped } = root.attributes;
        expect([tests, failures, skipped]).toEqual([cases.length, of('failure'), of('skipped')].map(String));
        expect(cases.length).toBe(some.drills.length + some.skipped.length);
        const failing = some.drills.filter(({ outcome }) => outcome === 'broke' || (strict && outcome !== 'held'));
        expect(of('failure')).toBe(failing.length);
      }),
    );
  });
});

describe('text', () => {
  const page = { color: false, width: 80 };

  test('written down', () => {
    const some = report({
      drills: [
        result({ evidence: [{ name: 'exit code', value: 0 }] }),
        result({
          id: 'clock',
          outcome: 'broke',
          summary: 'late',
          claim: 'In time',
          evidence: [
            { name: 'times', value: ['1 s', '9 s'] },
            { name: 'memory', value: 1_048_576, unit: 'bytes' },
          ],
          advice: ['stop_grace_period: 5s'],
          repeated: { held: 1, of: 2 },
        }),
      ],
      skipped: [
        { id: 'honest-health', service: 'web', because: 'no health check', applies: false },
        { id: 'health-flap', service: 'web', because: 'no health check', applies: false },
      ],
      standIns: [{ kind: 'volume', service: 'db', wanted: 'data', used: 'an empty volume' }],
    });
    expect(renderDrillText(some, page)).toBe(`── web ── 1 broke, 1 held ${'─'.repeat(54)}

✘ broke         late
                clock, 12.4 s, held in 1 of 2 runs
                claim: In time
                times   1 s
                        9 s
                memory  1 MiB
                → stop_grace_period: 5s

✔ held          left with code 0 after 2.1 s; lost 0 of 2,041 requests
                graceful-stop, 12.4 s
                exit code 0

${'─'.repeat(80)}

What stood in for something real:
  db volume: data → an empty volume

Not drilled:
  web: health-flap, honest-health: no health check

2 drills on Docker Engine 26.1.5 in 1 min 36 s: 1 broke, 1 held, 2 not drilled.
`);
  });

  test('inconclusive is told to be no pass, and when it fails the run', () => {
    const some = report({ drills: [result({ outcome: 'inconclusive' })] });
    expect(renderDrillText(some, page)).toContain('Inconclusive is no pass: it proves nothing. With --strict');
    expect(renderDrillText(some, { ...page, strict: true })).toContain('with --strict it fails the run.');
    expect(renderDrillText(report(), page)).toBe(
      'Nothing was drilled on Docker Engine 26.1.5 in 1 min 36 s, so nothing is proved.\n',
    );
  });

  test('any report: no line is wider than the terminal, and nothing acts on it', () => {
    fc.assert(
      fc.property(someReport, fc.integer({ min: 40, max: 120 }), fc.boolean(), (some, width, unicode) => {
        const text = renderDrillText(some, { color: false, width, unicode, verbose: unicode });
        expect(text.endsWith('\n')).toBe(true);
        expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u);
        // An address stays whole, to be copied.
        for (const line of text.split('\n'))
          if (!/https?:/.test(line)) expect(cellsOf(line), line).toBeLessThanOrEqual(Math.max(width, 60));
      }),
    );
  });
});

describe('markdown', () => {
  test('written down', () => {
    const some = report({
      drills: [
        result({
          outcome: 'broke',
          summary: 'A | <b>',
          evidence: [{ name: 'lost', value: 3 }],
          advice: ['init: true'],
        }),
      ],
      skipped: [{ id: 'pid-1', service: 'web', because: 'why', applies: false }],
    });
    expect(renderDrillMarkdown(some, extras)).toBe(`<!-- seaworthy drill -->
## Seaworthy drill: 1 broke

<code>shop</code> on Docker Engine 26.1.5, 1 min 36 s

| | Service | Drill | What was seen | Time |
|---|---|---|---|--:|
| ✘ broke | web | <code>graceful-stop</code> | A &#124; &#60;b&#62; | 12.4 s |

<details><summary>✘ web: <code>graceful-stop</code></summary>

Told to stop, the service leaves by itself within its grace period and loses no request

| Evidence | |
|---|---|
| lost | 3 |

- → <code>init: true</code>

</details>

<details><summary>Not drilled: 1</summary>

- <code>pid-1</code> of web: why

</details>
`);
  });

  test('any report: under 60,000 characters, every block closed, every drill told or counted', () => {
    fc.assert(
      fc.property(someReport, fc.integer({ min: 1, max: 60 }), (some, times) => {
        const drills = Array.from({ length: times }, () => some.drills).flat();
        const text = renderDrillMarkdown({ ...some, drills }, extras);
        expect(text.length).toBeLessThan(60_000);
        expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
        expect(text).not.toMatch(/<script|\]\(http|@everyone/);
        const told = text.match(/^\| [✔✘?] (?:held|broke|inconclusive) \|/gm)?.length ?? 0;
        if (told < drills.length) expect(text).toMatch(/… and \d+ more drill/);
      }),
      { numRuns: 60 },
    );
  });
});
