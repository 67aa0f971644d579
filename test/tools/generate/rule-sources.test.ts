import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ruleSources } from '../../../tools/generate/rule-sources.ts';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-rules-'));
});
afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

function put(file: string, text: string): void {
  const place = path.join(root, 'src/rules', file);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, text);
}

test('rules are found by their files and sorted by id', () => {
  put('dockerfile/two-2-words.ts', 'export const two2Words: Rule = {};');
  put('compose/one.ts', "import x from 'y';\n\nexport const one: Rule = {};");
  put('rule.ts', 'export interface Rule {}');
  expect(ruleSources(root)).toEqual([
    { id: 'compose/one', exportName: 'one', specifier: './compose/one.ts' },
    { id: 'dockerfile/two-2-words', exportName: 'two2Words', specifier: './dockerfile/two-2-words.ts' },
  ]);
});

test.each([
  ['compose/one.ts', 'export const other: Rule = {};', 'expected "export const one: Rule'],
  ['compose/one.ts', 'export const one = {};', 'expected "export const one: Rule'],
  ['project/notes.md', '', 'only rules belong here'],
])('%s holding "%s" is refused', (file, text, message) => {
  put(file, text);
  expect(() => ruleSources(root)).toThrow(message);
});

test('no rules at all is an empty list', () => {
  expect(ruleSources(root)).toEqual([]);
});
