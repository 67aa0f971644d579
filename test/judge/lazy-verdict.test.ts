import { expect, test } from 'vitest';
import { check } from '../../src/index.ts';

const files = {
  Dockerfile: 'FROM node:latest\nWORKDIR /app\nCOPY . .\nENV API_TOKEN=Zk93hd02kslQ81mX\nCMD npm start\n',
  'compose.yaml': 'services:\n  api:\n    build: .\n    ports: ["3000:3000"]\n  db:\n    image: postgres\n',
};
const today = '2026-11-21';

test('settings and checklists say the same whenever they are asked for, and however often', async () => {
  const first = await check({ files }, { today });
  const checklistsFirst = JSON.stringify(first.checklists);
  const settingsAfter = JSON.stringify(first.services);

  const second = await check({ files }, { today });
  const settingsFirst = JSON.stringify(second.services);
  const checklistsAfter = JSON.stringify(second.checklists);

  expect(checklistsAfter).toBe(checklistsFirst);
  expect(settingsFirst).toBe(settingsAfter);
  expect(second.checklists).toBe(second.checklists);
  expect(second.findings).toEqual(first.findings);
  expect(second.failures).toEqual([]);
});

test('a verdict copied whole, as JSON or by value, has all its parts', async () => {
  const verdict = await check({ files }, { today });
  for (const copy of [JSON.parse(JSON.stringify(verdict)), structuredClone(verdict), { ...verdict }]) {
    expect(copy.checklists).toHaveLength(7);
    expect(copy.services.map(({ name }: { name: string }) => name)).toEqual(['api', 'db']);
    expect(copy.services[0].settings.length).toBeGreaterThan(5);
  }
});
