import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Arrows, arrowFaults, type House, importsOf } from './house/arrows.ts';

const root = path.dirname(import.meta.dirname);

/** The table that `docs/contributing.md` explains. All rooms may import `vocabulary`; nothing imports `cli`. */
const arrows: Arrows = {
  vocabulary: [],
  knowledge: ['vocabulary'],
  read: ['vocabulary'],
  model: ['read', 'knowledge', 'vocabulary'],
  edit: ['model', 'read', 'knowledge', 'vocabulary'],
  cures: ['edit', 'model', 'read', 'knowledge', 'vocabulary'],
  rules: ['cures', 'edit', 'model', 'knowledge', 'vocabulary'],
  judge: ['rules', 'model', 'read', 'knowledge', 'vocabulary'],
  fix: ['judge', 'rules', 'model', 'read', 'vocabulary'],
  engine: ['vocabulary'],
  inside: ['vocabulary'],
  stack: ['engine', 'model', 'vocabulary'],
  drills: ['stack', 'engine', 'inside', 'model', 'knowledge', 'vocabulary'],
  deploy: ['stack', 'engine', 'model', 'vocabulary'],
  operate: ['engine', 'deploy', 'vocabulary'],
  report: ['vocabulary'],
  'index.ts': ['judge', 'drills', 'model', 'read', 'rules', 'report', 'fix', 'knowledge', 'vocabulary'],
  cli: [
    'index.ts',
    'vocabulary',
    'knowledge',
    'read',
    'model',
    'rules',
    'judge',
    'fix',
    'engine',
    'stack',
    'drills',
    'deploy',
    'operate',
    'report',
  ],
};

const manifest: { dependencies: Record<string, string> } = JSON.parse(
  fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
);
const house: House = {
  arrows,
  outdoors: ['read', 'engine', 'inside', 'cli'],
  terminal: ['cli', 'engine', 'inside'],
  dependencies: Object.keys(manifest.dependencies),
};

test('the rooms of src/ keep to the table', () => {
  const files: Record<string, string> = {};
  for (const name of fs.readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.ts')) files[name.replaceAll('\\', '/')] = fs.readFileSync(path.join(root, 'src', name), 'utf8');
  expect(Object.keys(files).length).toBeGreaterThan(10);
  expect(arrowFaults(house, files)).toEqual([]);
});

describe('the check itself', () => {
  const small: House = { ...house, dependencies: ['yaml'] };
  const sound = { 'read/yaml.ts': "import { parse } from 'yaml';\nimport fs from 'node:fs';\n" };
  const faultsWith = (file: string, text: string) => arrowFaults(small, { ...sound, [file]: text });

  test('a sound tree has no fault', () => {
    expect(arrowFaults(small, sound)).toEqual([]);
  });

  test.each([
    [
      'read/a.ts',
      "import { load } from '../model/load.ts';",
      'read/a.ts: read may not import model (../model/load.ts)',
    ],
    ['read/a.ts', "import type { Load } from '../model/load.ts';", 'read may not import model'],
    ['report/a.ts', "export { load } from '../model/load.ts';", 'report may not import model'],
    ['report/a.ts', "export * from '../model/load.ts';", 'report may not import model'],
    ['model/compose/a.ts', "import {\n  a,\n  b,\n} from '../../rules/b.ts';", 'model may not import rules'],
    ['index.ts', "import './cli/main.ts';", 'index.ts may not import cli'],
    ['judge/a.ts', "const later = () => import('../cli/main.ts');", 'judge may not import cli'],
    ['judge/a.ts', 'const later = (name) => import(name);', 'computed at run time'],
    ['rules/compose/a.ts', "import fs from 'node:fs';", 'rules may not touch the world (node:fs)'],
    ['rules/compose/a.ts', "import { readFile } from 'node:fs/promises';", 'rules may not touch the world'],
    ['read/a.ts', "import fs from 'fs';", 'write node:fs'],
    ['read/a.ts', "import { parse } from 'yaml';", 'yaml is imported by 2 files (read/yaml.ts, read/a.ts), not by one'],
    ['read/a.ts', "import x from 'left-pad/x.js';", 'imports left-pad, which is no dependency'],
    ['read/a.ts', "import x from '../../tools/x.ts';", 'outside src/'],
    ['utils/a.ts', '', '"utils" is no room'],
    ['model/a.ts', 'export const here = process.cwd();', 'uses process'],
    ['model/a.ts', "import process from 'node:process';", 'model may not import node:process'],
    ['model/a.ts', 'console.log(1);', 'uses console'],
    ['model/a.ts', 'export const here = globalThis.process;', 'uses process'],
  ])('%s: %s', (file, text, fault) => {
    expect(faultsWith(file, text).join('\n')).toContain(fault);
  });

  test('words are not uses', () => {
    const text = `// process.exit, import x from '../cli/x.ts'
/** console.log, import('../cli/x.ts') */
export const why = 'the process. console.log(1)';
export const of = (job: { process: string }) => job.process;`;
    expect(faultsWith('model/a.ts', text)).toEqual([]);
  });

  test('a dependency that nothing imports is a fault', () => {
    expect(arrowFaults(small, {})).toEqual(['package.json: yaml is imported by 0 files (), not by one']);
  });

  test('imports are found in every form', () => {
    const text = `import a from 'a';
import 'b';
import type { C } from "c";
export * from 'd';
export { e } from 'e';
import f, {
  type G,
} from 'f';
const g = await import('g');
export const from = 'not-one';
export function x() { return "no"; }
`;
    expect(importsOf(text).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });
});
