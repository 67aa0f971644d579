import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runPool } from '../../../src/cli/workers/pool.ts';

const place = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-pool-'));
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

/** A worker that answers each task with what `body` makes of it. */
function script(name: string, body: string): string {
  const file = path.join(place, `${name}.mjs`);
  const head = "import { parentPort, workerData } from 'node:worker_threads';\n";
  fs.writeFileSync(file, `${head}parentPort.on('message', (task) => { ${body} });\n`);
  return file;
}

const pool = (file: string, tasks: readonly number[], workers: number) =>
  runPool<number, string>({
    script: file,
    argv: [],
    data: 'd',
    workers,
    tasks,
    lost: (task, why) => `lost ${task}: ${why}`,
  });

const tasks = Array.from({ length: 12 }, (_, number) => number);
const answer = '`${workerData}${task}`';

test('answers come in the order of the tasks, however long each takes', async () => {
  const file = script('slow', `setTimeout(() => parentPort.postMessage(${answer}), task % 3 === 0 ? 30 : 1)`);
  expect(await pool(file, tasks, 4)).toEqual(tasks.map((task) => `d${task}`));
});

test('no tasks, one worker, more workers than tasks', async () => {
  const file = script('plain', `parentPort.postMessage(${answer})`);
  expect(await pool(file, [], 4)).toEqual([]);
  expect(await pool(file, tasks, 1)).toEqual(tasks.map((task) => `d${task}`));
  expect(await pool(file, [1, 2], 40)).toEqual(['d1', 'd2']);
});

test.each([
  ['an error', "throw new Error('broken')", 'broken'],
  ['an exit', 'process.exit(7)', 'it ended with code 7'],
  ['an answer that cannot be sent', 'parentPort.postMessage(() => 1)', 'cannot be shown'],
])('%s costs one task, and is told', async (name, fault, why) => {
  const file = script(name.replaceAll(' ', '-'), `if (task === 5) { ${fault} } else parentPort.postMessage(${answer})`);
  const answers = await pool(file, tasks, 2);
  expect(answers.filter((_, index) => index !== 5)).toEqual(
    tasks.filter((task) => task !== 5).map((task) => `d${task}`),
  );
  expect(answers[5]).toMatch(/^lost 5: /);
  expect(answers[5]).toContain(why);
});

test('a worker that cannot even start costs every task, and no more', async () => {
  expect(await pool(path.join(place, 'nowhere.mjs'), [1, 2, 3], 2)).toEqual([
    expect.stringMatching(/^lost 1: .*nowhere/),
    expect.stringMatching(/^lost 2: .*nowhere/),
    expect.stringMatching(/^lost 3: .*nowhere/),
  ]);
});
