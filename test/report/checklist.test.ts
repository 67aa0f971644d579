import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf } from '../../src/report/cells.ts';
import { renderChecklists } from '../../src/report/checklist.ts';
import type { ChecklistState, ItemState } from '../../src/vocabulary/verdict.ts';

const lists: ChecklistState[] = [
  {
    id: 'CHK1',
    title: 'Production readiness',
    items: [
      {
        id: 'CHK1.1',
        text: 'Runs as non-root user',
        state: 'pass',
        evidence: 'each of 2 services',
        at: ['compose.yaml:12', 'api/Dockerfile:7'],
      },
      {
        id: 'CHK1.3',
        text: 'Resource limits set',
        state: 'fail',
        evidence: 'compose/no-memory-limit: "api" may take all the memory of the machine it runs on',
        at: ['compose.yaml:3'],
      },
      {
        id: 'CHK1.7',
        text: 'Scanned for vulnerabilities',
        state: 'open',
        evidence: 'only a scan of the built image tells',
        at: [],
      },
      {
        id: 'CHK1.10',
        text: 'Multi-stage build (if applicable)',
        state: 'not-applicable',
        evidence: 'nothing is compiled',
        at: [],
      },
    ],
  },
  {
    id: 'CHK7',
    title: 'The twelve factors',
    items: [{ id: 'CHK7.1', text: 'Codebase', state: 'pass', evidence: '', at: [] }],
  },
];

test('each item with its state and evidence, totals by list and over all', () => {
  expect(renderChecklists(lists, { color: false, width: 80 })).toBe(`CHK1  Production readiness
      1 passed, 1 failed, 1 open, 1 not applicable
  ✓ CHK1.1   Runs as non-root user
             each of 2 services [compose.yaml:12, api/Dockerfile:7]
  ✗ CHK1.3   Resource limits set
             compose/no-memory-limit: "api" may take all the memory of the
             machine it runs on [compose.yaml:3]
  ? CHK1.7   Scanned for vulnerabilities
             only a scan of the built image tells
  – CHK1.10  Multi-stage build (if applicable)
             nothing is compiled

CHK7  The twelve factors
      1 passed
  ✓ CHK7.1   Codebase

2 lists, 5 items: 2 passed, 1 failed, 1 open, 1 not applicable.
What is open has not passed: a drill or a person must tell.
`);
});

test('in ASCII and narrow', () => {
  expect(
    renderChecklists(lists.slice(0, 1), { color: false, width: 44, unicode: false }),
  ).toBe(`CHK1  Production readiness
      1 passed, 1 failed, 1 open, 1 not
      applicable
  ok   CHK1.1   Runs as non-root user
                each of 2 services
                [compose.yaml:12,
                api/Dockerfile:7]
  FAIL CHK1.3   Resource limits set
                compose/no-memory-limit:
                "api" may take all the
                memory of the machine it
                runs on [compose.yaml:3]
  open CHK1.7   Scanned for vulnerabilities
                only a scan of the built
                image tells
  n/a  CHK1.10  Multi-stage build (if
                applicable)
                nothing is compiled

1 list, 4 items: 1 passed, 1 failed, 1 open,
1 not applicable.
What is open has not passed: a drill or a
person must tell.
`);
});

test('in colour, states differ by more than their colour', () => {
  const text = renderChecklists(lists, { color: true, width: 80 }).replaceAll('\u001b', 'ESC');
  expect(text).toContain('  ESC[31m✗ESC[0m ESC[2mCHK1.3 ESC[0m  Resource limits set\n');
  expect(text).toContain('  ESC[32m✓ESC[0m ESC[2mCHK1.1 ESC[0m  Runs as non-root user\n');
});

test('many places: the first few, all when asked for', () => {
  const at = Array.from({ length: 9 }, (_, line) => `f:${line}`);
  const list = [
    { id: 'CHK1', title: 'T', items: [{ id: 'CHK1.1', text: 'x', state: 'fail' as const, evidence: 'why', at }] },
  ];
  expect(renderChecklists(list, { color: false, width: 80 })).toContain('why [f:0, f:1, f:2, f:3 and 5 more]');
  expect(renderChecklists(list, { color: false, width: 80, verbose: true })).toContain('f:7, f:8]');
});

test('no lists', () => {
  expect(renderChecklists([], { color: false, width: 80 })).toBe('No checklist was gone through.\n');
});

test('whatever the items: their states add up, nothing is wider than the page, no control character', () => {
  const state = fc.constantFrom<ItemState>('pass', 'fail', 'open', 'not-applicable');
  const text = fc.string({ unit: 'binary', maxLength: 120 });
  const item = fc.record({
    id: fc.constant('CHK1.1'),
    text,
    state,
    evidence: text,
    at: fc.array(fc.constant('a:1'), { maxLength: 9 }),
  });
  const list = fc.record({ id: fc.constant('CHK1'), title: text, items: fc.array(item, { maxLength: 9 }) });
  fc.assert(
    fc.property(fc.array(list, { maxLength: 4 }), fc.integer({ min: 40, max: 100 }), (some, width) => {
      const shown = renderChecklists(some, { color: false, width });
      const passed = some.flatMap(({ items }) => items).filter((one) => one.state === 'pass').length;
      const total = shown.slice(shown.lastIndexOf(' items: ')).replaceAll('\n', ' ');
      expect(Number(/ (\d+) passed/.exec(total)?.[1] ?? 0)).toBe(passed);
      for (const line of shown.split('\n')) {
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        if (!/https?:\/\//.test(line)) expect(cellsOf(line)).toBeLessThanOrEqual(width);
      }
    }),
  );
});
