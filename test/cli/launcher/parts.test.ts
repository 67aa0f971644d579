import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unboundedLogs } from '../../../src/rules/compose/unbounded-logs.ts';
import { noCommand } from '../../../src/rules/dockerfile/no-command.ts';
import { buildProgram, type Program } from '../program.ts';

let program: Program;

beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => {
  program.remove();
});

const dockerfile = 'FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n';
const compose = 'services:\n  web:\n    image: nginx:1.27\n';

/** What the run left in an empty code cache is what it loaded. */
function partsOf(files: Readonly<Record<string, string>>, ...line: readonly string[]): string[] {
  const cwd = program.directory(files);
  const cache = program.directory();
  expect(program.run(line, { cwd, env: { XDG_CACHE_HOME: cache } }).status).toBeLessThan(2);
  return fs
    .readdirSync(path.join(cache, 'seaworthy'))
    .map((name) => name.split(/-[0-9a-f]{12}-v/)[0] ?? name)
    .sort();
}

test.each([
  ['compose', unboundedLogs],
  ['dockerfile', noCommand],
])('the rules of the part "%s" are there and nowhere else', (part, { why }) => {
  const text = why.slice(0, 40);
  expect(program.source(`${part}.cjs`)).toContain(text);
  expect(program.source('app.cjs')).not.toContain(text);
});

describe.skipIf(process.platform === 'win32')('a run loads no more than it needs:', () => {
  test('a lone Dockerfile', () => {
    expect(partsOf({ Dockerfile: dockerfile }, 'check')).toEqual(['app', 'dockerfile']);
  });

  test('images only', () => {
    expect(partsOf({ 'compose.yaml': compose }, 'check')).toEqual(['app', 'compose', 'yaml', 'yaml-tree']);
  });

  test('checklists, when they are asked for', () => {
    const parts = partsOf({ Dockerfile: dockerfile }, 'check', '--checklist');
    expect(parts.filter((name) => !name.startsWith('checklist-'))).toEqual(['app', 'checklists', 'dockerfile']);
  });
});
