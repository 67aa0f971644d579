import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runDotenvCase } from '../../tools/conformance/dotenv.ts';
import { runSubstituteCase } from '../../tools/conformance/expand.ts';
import { runnerOf, runTable } from '../../tools/conformance/tables.ts';

const root = path.resolve(import.meta.dirname, '../..');
let directory: string;
beforeAll(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-conformance-'));
});
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

const expand = (template: string, out: string | null, message?: string) => ({
  peer: 'compose-go',
  kind: 'expand',
  expect: out === null ? 'catch' : 'clean',
  env: { SHIP: 'gull' },
  golden: { in: template, out },
  ...(message === undefined ? {} : { message }),
});
const lines = (...rows: unknown[]) => rows.map((row) => JSON.stringify(row)).join('\n');

test('the peer decides before the kind', () => {
  expect(runnerOf({ peer: 'buildkit', kind: 'expand' }, 'compose-x')).toBe('buildkit');
  expect(runnerOf({ peer: 'compose-go', kind: 'expand' }, 'buildkit-x')).toBe('substitute');
  expect(runnerOf({ peer: 'compose-go', kind: 'compose-merge' }, 't')).toBe('compose');
  expect(runnerOf({ kind: 'dotenv' }, 'compose-dotenv')).toBe('dotenv');
  expect(runnerOf({ peer: 'kubectl', kind: 'yaml' }, 't')).toBeUndefined();
});

test('a case agrees, or says what was expected and what came', () => {
  expect(runSubstituteCase(expand('${SHIP}!', 'gull!')).agree).toBe(true);
  expect(runSubstituteCase(expand('${SHIP}!', 'gull'))).toEqual({ agree: false, expected: 'gull', got: 'gull!' });
  expect(runSubstituteCase(expand('${X?sunk}', null, 'sunk')).agree).toBe(true);
  expect(runSubstituteCase(expand('${X?sunk}', null, 'afloat')).agree).toBe(false);
  expect(runSubstituteCase(expand('$SHIP', null, '')).agree).toBe(false);

  const files = { '.env': 'A=1\nB=$A' };
  expect(runDotenvCase({ files, expect: 'clean', golden: { B: '1' } }).agree).toBe(true);
  expect(runDotenvCase({ files, expect: 'clean', golden: { B: '2' } })).toMatchObject({ agree: false, got: 'B="1"' });
  expect(runDotenvCase({ files, expect: 'clean', golden: { B: '2' } }).note).toMatch(/nowhere in the file/);
  expect(runDotenvCase({ files, expect: 'catch' }).agree).toBe(false);
  expect(runDotenvCase({ files: { '.env': 'A B=1' }, expect: 'catch' }).agree).toBe(true);
});

test('a crash is a disagreement, a row nobody knows is named, and the run goes on', async () => {
  const bad = { ...expand('x', 'x'), golden: { in: '$SHIP', out: 'x' }, env: null };
  const table = await runTable(
    'mixed',
    `${lines(bad, { peer: 'kubectl', kind: 'yaml' }, expand('a', 'a'))}\n\nnot JSON\n`,
  );
  expect(table).toMatchObject({ agree: 1, total: 4, unknown: ['kubectl/yaml'] });
  expect(table.disagreements.map(({ outcome }) => outcome.expected)).toEqual(['x', 'a JSON object']);

  const broken = { peer: 'compose-go', kind: 'dotenv', files: { '.env': 7 }, expect: 'clean' };
  const { disagreements } = await runTable('t', lines(broken));
  expect(disagreements[0]?.outcome.got).toMatch(/^crashed: /);
});

const run = (...args: string[]) =>
  spawnSync(
    process.execPath,
    [path.join(root, 'node_modules/tsx/dist/cli.mjs'), 'tools/conformance/main.ts', ...args],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );

test('the command: figures as text and as JSON, and its exit codes', () => {
  expect(run(path.join(directory, 'absent')).status).toBe(3);
  expect(run(directory)).toMatchObject({ status: 3, stdout: '' });
  expect(run('one', 'two').status).toBe(2);
  expect(run('--jsno').status).toBe(2);
  fs.writeFileSync(path.join(directory, 'compose-expand.jsonl'), lines(expand('a', 'a'), expand('$SHIP', 'no')));
  const text = run(directory);
  expect(text.status).toBe(0);
  expect(text.stdout).toMatch(/compose-expand: 1 of 2 agree.*expected {2}no\n {4}got {7}gull/s);
  expect(JSON.parse(run(directory, '--json').stdout)).toEqual({ tables: { 'compose-expand': { agree: 1, total: 2 } } });
});
