import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { baseline, check } from '../../src/index.ts';
import { baselineOf, parseBaseline, withBaseline } from '../../src/judge/baseline.ts';
import type { Verdict } from '../../src/vocabulary/verdict.ts';
import { finding, Source, sourcesOf, verdict } from '../report/verdicts.ts';

const schemaFile = path.join(import.meta.dirname, '../../schema/baseline-1.schema.json');
const isBaseline = new Ajv2020().compile(JSON.parse(fs.readFileSync(schemaFile, 'utf8')));

/** A verdict with one finding on each line that holds `bad`. */
function judged(text: string): { verdict: Verdict; sourceLine: (file: string, line: number) => string } {
  const source = new Source('Dockerfile', text);
  const findings = source.lines.flatMap((line, index) =>
    line.includes('bad')
      ? [finding({ rule: 'a/b', message: `Like line ${index + 1}`, ...source.at(index + 1, 'bad') })]
      : [],
  );
  return { verdict: verdict({ findings }), sourceLine: sourcesOf(source) };
}

function newLines(before: string, after: string): number[] {
  const old = judged(before);
  const now = judged(after);
  const known = parseBaseline(JSON.stringify(baselineOf(old.verdict, old.sourceLine)), 'b.json');
  const left = withBaseline(now.verdict, known, { sourceLine: now.sourceLine, name: 'b.json' });
  expect(left.findings.length + (left.suppressed?.length ?? 0)).toBe(now.verdict.findings.length);
  return left.findings.map(({ span }) => span.start.line);
}

describe('a baseline', () => {
  test.each([
    ['the same', 'x\nbad 1\ny\n', 'x\nbad 1\ny\n', []],
    ['moved lines', 'x\nbad 1\ny\n', 'new\nx\n\nbad 1\ny\n', []],
    ['other indentation', 'bad 1\n', '  bad   1 \n', []],
    ['another line', 'bad 1\n', 'bad 1\nbad 2\n', [2]],
    ['a changed line', 'bad 1\n', 'bad 2\n', [1]],
    ['one more of the same', 'bad 1\nbad 1\n', 'bad 1\nbad 1\nbad 1\n', [3]],
    ['fewer', 'bad 1\nbad 1\n', 'bad 1\n', []],
    ['none before', 'x\n', 'bad 1\n', [1]],
  ])('%s', (_name, before, after, lines) => {
    expect(newLines(before, after)).toEqual(lines);
  });

  test('counts what is alike, answers its schema and names itself', () => {
    const { verdict: some, sourceLine } = judged('bad 1\nbad 1\nbad 2\n');
    const written = baselineOf(some, sourceLine);
    expect(isBaseline(written), JSON.stringify(isBaseline.errors)).toBe(true);
    expect(written.findings.map(({ count }) => count).sort()).toEqual([1, 2]);
    const known = withBaseline(some, written, { sourceLine, name: 'known.json' });
    expect(known.suppressed?.[0]).toMatchObject({ by: 'baseline', at: 'known.json', rule: 'a/b' });
    expect(baselineOf(known, sourceLine)).toEqual(written);
  });

  test.each([
    ['not JSON', '{'],
    ['a list', '[]'],
    ['another version', '{"schemaVersion":2,"findings":[]}'],
    [
      'an entry without a count',
      '{"schemaVersion":1,"findings":[{"rule":"a","file":"b","message":"c","fingerprint":"0"}]}',
    ],
    ['null entries', '{"schemaVersion":1,"findings":[null]}'],
  ])('is refused: %s', (_name, text) => {
    expect(() => parseBaseline(text, 'b.json')).toThrowError(expect.objectContaining({ code: 'bad-config' }));
  });

  test('works for the library, and leaves the checklists as they are', async () => {
    const files = { Dockerfile: 'FROM node:22-alpine\nUSER root\nENV PASSWORD=kJ8s9dF3lQ2x\nCMD ["node", "a.js"]\n' };
    const options = { today: '2026-11-21' };
    const first = await check({ files }, options);
    const known = await baseline({ files }, options);
    expect(JSON.stringify(known)).not.toContain('kJ8s9dF3lQ2x');
    const second = await check({ files }, { ...options, baseline: known });
    expect(first.findings.length).toBeGreaterThan(1);
    expect(second.findings).toEqual([]);
    expect(second.suppressed).toHaveLength(first.findings.length);
    expect(second.checklists).toEqual(first.checklists);
  });
});
