import { expect, test } from 'vitest';
import { check } from '../../../src/index.ts';

/** The item of the lists that `USER root` fails, as the files decide it. */
async function items(above: string) {
  const Dockerfile = `FROM node:22-alpine\nWORKDIR /app\nCOPY a.js .\n${above}USER root\nCMD ["node", "a.js"]\n`;
  const verdict = await check({ files: { Dockerfile } }, { today: '2026-11-21' });
  return new Map(verdict.checklists.flatMap((list) => list.items).map((item) => [item.id, item]));
}

test('an item passes when all that fails it was accepted with a reason, and shows that', async () => {
  const plain = await items('# nothing\n');
  const reasoned = await items('# seaworthy ignore: project/runs-as-root -- it binds port 80\n');
  const bare = await items('# seaworthy ignore: project/runs-as-root\n');
  const changed = [...plain.values()].filter(({ id, state }) => reasoned.get(id)?.state !== state);
  expect(changed.length).toBeGreaterThan(0);
  for (const { id, state, evidence, at } of changed) {
    expect(state).toBe('fail');
    expect(reasoned.get(id)).toMatchObject({ state: 'pass', at });
    expect(reasoned.get(id)?.evidence).toBe(`${evidence}; accepted: it binds port 80 (Dockerfile:4)`);
    expect(bare.get(id)?.state).toBe('fail');
  }
  for (const { id, state } of plain.values())
    if (!changed.some((one) => one.id === id)) expect(reasoned.get(id)?.state).toBe(state);
});

test('another fault at the same line is not accepted with it', async () => {
  const db = (comment: string) => `services:\n  db:\n    image: postgres:17${comment}\n`;
  const lists = async (text: string) => {
    const verdict = await check({ files: { 'compose.yaml': text } }, { today: '2026-11-21' });
    return new Map(verdict.checklists.flatMap((list) => list.items).map((item) => [item.id, item]));
  };
  const accept = (rules: string) =>
    db(`\n    x-seaworthy: { ignore: [{ rule: [${rules}], reason: alone on its host }] }`);
  const plain = await lists(db(''));
  const half = await lists(accept('compose/no-memory-limit'));
  const both = await lists(accept('compose/no-memory-limit, compose/no-cpu-limit'));
  const changed = (to: typeof plain) => [...plain.values()].filter(({ id, state }) => to.get(id)?.state !== state);
  expect(changed(half)).toEqual([]);
  expect(changed(both).length).toBeGreaterThan(0);
  for (const { id, evidence } of changed(both)) {
    expect(evidence).toBe('db has no limit of memory or CPU');
    expect(both.get(id)?.evidence).toBe(`${evidence}; accepted: alone on its host (compose.yaml:4)`);
  }
  expect([...both.values()].filter(({ state, at }) => state === 'fail' && at.includes('compose.yaml:2'))).not.toEqual(
    [],
  );
});
