import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { allDrills } from '../../src/drills/registry.ts';
import { checklistItems } from '../../src/judge/checklists/items.ts';
import { allRules } from '../../src/rules/registry.ts';

const root = path.resolve(import.meta.dirname, '../..');
const ids = new Set(allDrills.map(({ id }) => id));

/** Named by checklist items, and still to come. */
const toCome = new Set(['backup-restore', 'rollback', 'scan']);

test('every drill that a rule names exists', () => {
  const named = allRules.flatMap(({ id, drill }) => (drill === undefined ? [] : [{ id, drill }]));
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ drill }) => !ids.has(drill))).toEqual([]);
});

test('every drill that a cure names as its proof exists', () => {
  const folder = path.join(root, 'src/cures');
  const named = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const text = fs.readFileSync(path.join(folder, name), 'utf8');
      return [...text.matchAll(/provedBy(?::| =) '([^']*)'/g)].map(([, drill]) => ({ name, drill: drill ?? '' }));
    });
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ drill }) => !ids.has(drill))).toEqual([]);
});

test('every drill that a checklist item names exists, or is known to be to come', () => {
  const named = checklistItems.flatMap(({ id, drill }) => (drill === undefined ? [] : [{ id, drill }]));
  expect(named.filter(({ drill }) => !ids.has(drill) && !toCome.has(drill))).toEqual([]);
  for (const id of toCome) expect(ids, `${id} has come: take it off this list`).not.toContain(id);
});

test('every drill that the words of items name exists, or is known to be to come', () => {
  const folder = path.join(root, 'src/judge/checklists');
  const named = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...fs.readFileSync(path.join(folder, name), 'utf8').matchAll(/\bdrill ([a-z]+-[a-z-]+)/g)])
    .map(([, drill]) => drill ?? '');
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((drill) => !ids.has(drill) && !toCome.has(drill))).toEqual([]);
});

test('ids, files and export names go together', () => {
  for (const { id } of allDrills) expect(fs.existsSync(path.join(root, `src/drills/${id}.ts`)), id).toBe(true);
  expect(ids.size).toBe(allDrills.length);
});
