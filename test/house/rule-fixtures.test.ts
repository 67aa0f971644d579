import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectLine, parseExpectLine, ruleFixtures } from './rule-fixtures.ts';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-fixtures-'));
});
afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

function put(file: string, text: string): void {
  const place = path.join(root, 'test/rules', file);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, text);
}

test('a line of expect.txt is written and read back', () => {
  const finding = {
    file: 'a:b/compose.yaml',
    span: { start: { line: 4, column: 12 } },
    severity: 'high',
    message: '"db": one\ntwo',
  };
  const line = expectLine(finding);
  expect(line).toBe('a:b/compose.yaml:4:12 high "db": one\\ntwo');
  expect(parseExpectLine(line)).toEqual({
    file: 'a:b/compose.yaml',
    line: 4,
    column: 12,
    severity: 'high',
    message: '"db": one\\ntwo',
  });
  expect(parseExpectLine('compose.yaml:4 high x')).toBeUndefined();
  expect(parseExpectLine('compose.yaml:4:1 awful x')).toBeUndefined();
});

test('a fixture is a folder with all its files, below folders too', () => {
  put('compose/logs/bad-one/compose.yaml', 'services: {}\n');
  put('compose/logs/bad-one/api/Dockerfile', 'FROM scratch\n');
  put('compose/logs/bad-one/.env', 'A=1\n');
  put('compose/logs/bad-one/expect.txt', 'compose.yaml:1:1 low x\n\n');
  put('compose/logs/good-one/compose.yaml', '');
  put('rules.test.ts', '');
  expect(ruleFixtures(root)).toEqual([
    {
      rule: 'compose/logs',
      name: 'bad-one',
      directory: path.join(root, 'test/rules/compose/logs/bad-one'),
      files: { 'compose.yaml': 'services: {}\n', 'api/Dockerfile': 'FROM scratch\n', '.env': 'A=1\n' },
      expected: ['compose.yaml:1:1 low x'],
      mended: '',
    },
    {
      rule: 'compose/logs',
      name: 'good-one',
      directory: path.join(root, 'test/rules/compose/logs/good-one'),
      files: { 'compose.yaml': '' },
      expected: [],
      mended: '',
    },
  ]);
});

test.each(['compose/logs/other/compose.yaml', 'compose/logs/expect.txt', 'compose/logs/bad_one/compose.yaml'])(
  '%s lies where no test would read it',
  (file) => {
    put(file, '');
    expect(() => ruleFixtures(root)).toThrow('a fixture is a folder named');
  },
);
