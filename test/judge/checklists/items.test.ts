import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checklistItems } from '../../../src/judge/checklists/items.ts';

const page = readFileSync(new URL('../../../docs/lessons.md', import.meta.url), 'utf8');
const pageRows = new Map(
  page
    .split('\n')
    .filter((line) => line.startsWith('| CHK'))
    .map((line) => line.split(' | '))
    .map((cells) => [cells[0]?.slice(2) ?? '', cells] as const),
);
const drillsOnPage = new Set([...page.matchAll(/^\| `([a-z-]+)` \| (?:DRL|SCN)/gm)].map((match) => match[1]));

describe('the lessons’ checklists', () => {
  // Counted by hand in the lessons: 8, then 10, then 10 + 10 + 10, then 10 + 8 + 8 + 6 and the twelve factors.
  test.each([
    ['001', 8],
    ['002', 10],
    ['003', 30],
    ['004', 44],
  ])('lesson %s: none of its %i lines is lost', (lesson, lines) => {
    const said = checklistItems.flatMap((item) => [item.lesson, item.also?.lesson]).filter((from) => from === lesson);
    expect(said).toHaveLength(lines);
  });

  test.each([
    ['CHK1', 8],
    ['CHK2', 16],
    ['CHK3', 16],
    ['CHK4', 8],
    ['CHK5', 15],
    ['CHK6', 10],
    ['CHK7', 12],
  ])('row %s has its %i items, numbered from 1 without a gap', (row, count) => {
    const ids = checklistItems.filter((item) => item.row === row).map((item) => item.id);
    expect(ids).toEqual(Array.from({ length: count }, (_, index) => `${row}.${index + 1}`));
  });

  test('no row asks the same words twice', () => {
    const asked = checklistItems.map((item) => `${item.row} ${item.text.toLowerCase()}`);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test('what a drill answers names the drill, and every drill named is explained on the page', () => {
    for (const item of checklistItems) {
      if (item.answeredBy === 'drill') expect(item.drill, item.id).toBeDefined();
      if (item.drill !== undefined) expect(drillsOnPage, item.id).toContain(item.drill);
    }
  });

  test('mission rows look like mission rows, and no checklist is judged by a checklist', () => {
    for (const row of checklistItems.flatMap((item) => item.mission))
      expect(row).toMatch(/^(?:IMG|SCN|RUN|DEP|OPS)\d+$/);
  });

  test('the page says the same as the data', () => {
    expect([...pageRows.keys()]).toEqual(checklistItems.map((item) => item.id));
    for (const item of checklistItems) {
      const [, text, by, mission, note] = pageRows.get(item.id) ?? [];
      const second = item.also !== undefined && item.also.text !== item.text ? ` [${item.also.text}]` : '';
      expect(text).toBe(`${item.text}${second}`);
      expect(by?.startsWith(item.answeredBy), item.id).toBe(true);
      expect(mission).toBe(item.mission.join(' ') || '–');
      expect(note).toBe(`${item.note} |`);
    }
  });
});
