import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unifiedDiff } from '../../src/fix/unified-diff.ts';
import { diskFiles } from '../../src/read/files-disk.ts';
import { askEngine } from '../house/engine/ask-engine.ts';
import type { Engine } from '../house/engine/engine.ts';
import { mend } from '../house/mended.ts';
import { type Fared, Stack } from './stack.ts';
import { leftOut, type StackCase, stacks } from './stacks.ts';

/**
 * Whatever ran before `fix` runs after it, on a real engine: every stack is built, started and asked as it is, then
 * mended by `fix`, then by `fix --review`, each time over the data that the run before has left, and once more with
 * none. `SEAWORTHY_STACK=name` runs one of them and shows how it fared.
 */
const root = path.resolve(import.meta.dirname, '../..');
/** How long a stack may take until it is as good as it gets. */
const seconds = 90;
const only = process.env['SEAWORTHY_STACK'];

let engine: Engine | undefined;
let folder = '';

beforeAll(async () => {
  engine = await askEngine();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-stacks-'));
}, 900_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe.skipIf(process.env['SEAWORTHY_ENGINE'] === 'none')('what ran before runs after', () => {
  for (const one of stacks.filter(({ name }) => only === undefined || name === only))
    test.concurrent(one.name, { timeout: 900_000 }, async ({ skip }) => {
      if (!engine) return skip('SEAWORTHY_ENGINE=none');
      if (one.onlyOwn !== undefined && !engine.own) return skip(`only on an engine of the tests' own: ${one.onlyOwn}`);
      await withPorts([...one.asks.map(({ port }) => port), ...(one.takes ?? [])], () => keepsRunning(engine!, one));
    });
});

test('every example is among them, or it is said why not', () => {
  const examples = fs.readdirSync(path.join(root, 'examples'), { withFileTypes: true });
  const covered = [...stacks.map((one) => one.folder), ...Object.keys(leftOut)];
  for (const { name } of examples.filter((entry) => entry.isDirectory())) expect(covered).toContain(`examples/${name}`);
});

async function keepsRunning(on: Engine, one: StackCase): Promise<void> {
  const name = one.name.replace(/\W+/g, '-');
  const project = `seaworthy-${name}-${process.pid}`;
  const place = (step: string) => path.join(folder, name, step);
  const copy = (step: string) => {
    fs.cpSync(path.join(root, one.folder), place(step), { recursive: true });
    return place(step);
  };
  copy('before');
  one.prepare?.(place('before'));
  // A clone belongs to some user of the host, and seldom to root.
  if (process.geteuid?.() === 0) execFileSync('chown', ['-R', '1000:1000', place('before')]);
  const stack = (step: string) => new Stack(on, place(step), project);
  const fare = async (step: string): Promise<Fared> => {
    const fared = await stack(step).fare(one.asks, seconds, one.ups);
    await stack(step).down(false);
    if (only !== undefined) console.log(`${step}:\n  + ${fared.good.join('\n  + ')}\n  - ${fared.bad.join('\n  - ')}`);
    return fared;
  };
  try {
    const before = await fare('before');
    const broken = before.bad.filter((line) => !line.startsWith('(') && !line.startsWith(one.broken ?? '!'));
    expect(broken, `it does not run as it is:\n${before.bad.join('\n')}`).toEqual([]);
    for (const level of ['safe', 'review'] as const) {
      execFileSync('cp', ['-a', place('before'), place(level)]);
      const diff = await mendOnDisk(place(level), level);
      const after = await fare(level);
      expectNoLess(before, after, `after ${level === 'safe' ? 'fix' : 'fix --review'}, with its data`, diff);
      if (level === 'safe') continue;
      await stack(level).down(true);
      expectNoLess(before, await fare(level), 'after fix --review, with new data', diff);
    }
  } finally {
    await stack('before').down(true);
  }
}

/** What `fix` writes, written; and what that changes, to be shown when it was wrong. */
async function mendOnDisk(directory: string, level: 'safe' | 'review'): Promise<string> {
  const outcome = await mend(diskFiles(directory), { level });
  let diff = '';
  for (const [file, text] of outcome.files) {
    const target = path.join(directory, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
    diff += await unifiedDiff(file, outcome.originals.get(file), text);
  }
  if (only !== undefined) console.log(diff);
  return diff;
}

function expectNoLess(before: Fared, after: Fared, when: string, diff: string): void {
  const lost = before.good.filter((line) => !after.good.includes(line));
  expect(lost, `${when}, this is lost. Why:\n${after.bad.join('\n')}\n\nThe change:\n${diff}`).toEqual([]);
}

const taken = new Map<number, Promise<void>>();

/** Waits until nobody else has the ports. */
async function withPorts(ports: readonly number[], act: () => Promise<void>): Promise<void> {
  const mine = Promise.all(ports.map((port) => taken.get(port))).then(act);
  for (const port of ports)
    taken.set(
      port,
      mine.catch(() => undefined),
    );
  return mine;
}
