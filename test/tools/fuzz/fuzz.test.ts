import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCrew } from '../../../tools/fuzz/crew.ts';
import { keepFind, sameFault } from '../../../tools/fuzz/keep-find.ts';
import type { Find } from '../../../tools/fuzz/messages.ts';
import { Random } from '../../../tools/fuzz/random.ts';
import { Runs } from '../../../tools/fuzz/run.ts';
import { allSamples, type Sample } from '../../../tools/fuzz/samples.ts';
import { slowPatterns } from '../../../tools/fuzz/slow-patterns.ts';
import { smallest } from '../../../tools/fuzz/smallest.ts';
import { allFormats, deepFaultOf, faultOf } from '../../../tools/fuzz/trial.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const samples: Sample[] = [
  { name: 'one', files: { Dockerfile: 'FROM alpine:3.20\nRUN true\n' } },
  { name: 'two', files: { 'compose.yaml': 'services:\n  a:\n    image: nginx:1.27\n', '.env': 'A=1\n' } },
];

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-fuzz-test-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('a seed gives the same numbers, another others', () => {
  const numbers = (...seeds: number[]) => {
    const draw = new Random(...seeds);
    return Array.from({ length: 20 }, () => draw.below(1_000));
  };
  expect(numbers(1, 2)).toEqual(numbers(1, 2));
  const first = new Set([[1, 2], [2, 1], [1, 3], [3]].map((seeds) => numbers(...seeds).join()));
  expect(first.size).toBe(4);
  expect(Math.max(...numbers(5))).toBeLessThan(1_000);
});

test('a run is the same each time, damaged, and not too large', () => {
  const runs = new Runs(samples, 7);
  const texts = Array.from({ length: 300 }, (_, number) => JSON.stringify(runs.run(number).files));
  expect(Array.from({ length: 300 }, (_, number) => JSON.stringify(new Runs(samples, 7).run(number).files))).toEqual(
    texts,
  );
  expect(new Set(texts).size).toBeGreaterThan(250);
  expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(2_000_000);
});

test('the fixtures and the examples are samples', () => {
  const names = allSamples(root).map(({ name }) => name);
  expect(names).toContain('leaky');
  expect(names).toContain('compose/unbounded-logs/bad-default-driver');
  expect(new Set(names).size).toBeGreaterThan(900);
});

test('a few hundred runs find nothing', async () => {
  const runs = new Runs(allSamples(root), 1);
  const renderers = await allFormats();
  expect(renderers.length).toBeGreaterThan(4);
  for (let number = 0; number < 300; number++) {
    const { files, draw } = runs.run(number);
    expect(faultOf(files), `run ${number}`).toBeUndefined();
    if (number % 30 === 0) expect(deepFaultOf(files, draw, renderers), `run ${number}`).toBeUndefined();
  }
});

test('a report that is no Unicode is a fault', () => {
  expect(deepFaultOf({ Dockerfile: 'FROM alpine\n' }, new Random(1), [() => '\ud800'])).toMatch(/well-formed/);
  const broken = () => {
    throw new Error('boom');
  };
  expect(deepFaultOf({ Dockerfile: 'FROM alpine\n' }, new Random(1), [broken])).toMatch(/threw: Error: boom/);
});

test('like faults are one kind', () => {
  expect(sameFault('compose/a says 12 characters')).toBe(sameFault('compose/a says 9999 characters'));
  expect(sameFault('speaks of "x"')).toBe(sameFault('speaks of "y"'));
  expect(sameFault('failure: a: b')).not.toBe(sameFault('failure: a: c'));
});

test('the fewest lines that still have the fault', () => {
  const files = { a: 'x\ny\nneedle in hay\nz\n', b: 'nothing' };
  expect(smallest(files, (some) => some['a']?.includes('needle') === true)).toEqual({ a: 'needle' });
});

test('a find is kept as a project', () => {
  const find = { run: 3, sample: 'one', fault: 'threw: x', files: { 'a/Dockerfile': 'FROM x\n' } };
  const place = keepFind(folder, 9, find);
  expect(fs.readFileSync(path.join(place, 'project/a/Dockerfile'), 'utf8')).toBe('FROM x\n');
  expect(fs.readFileSync(path.join(place, 'fault.txt'), 'utf8')).toMatch(/^threw: x\n\nsample one, run 3, seed 9/);
});

test('a pattern that is slow on long runs is named', () => {
  const place = path.join(folder, 'patterns');
  fs.mkdirSync(place);
  fs.writeFileSync(
    path.join(place, 'a.ts'),
    "// one\nconst slow = text.replace(/x+$/, '');\nconst quick = text.replace(/(?<!x)x+$/, '');\n",
  );
  expect([...slowPatterns(place)].map(({ where, pattern }) => [where, pattern])).toEqual([['a.ts:2', '/x+$/']]);
});

describe('workers', () => {
  const program = (body: string): string => {
    const file = path.join(folder, `${body.length}.mjs`);
    fs.writeFileSync(
      file,
      `const orders = JSON.parse(process.argv[2]);
       let count = 0;
       for (let run = orders.first; run < orders.end; run += orders.step) {
         process.send({ kind: 'began', run });
         await new Promise((resolve) => setImmediate(resolve));
         ${body}
         count++;
       }
       process.send({ kind: 'done', runs: count, deep: 0, slowest: { run: 0, sample: '', ms: 1 } });
       process.disconnect();`,
    );
    return file;
  };
  const crew = async (body: string) => {
    const finds: Find[] = [];
    const tally = await runCrew({
      root,
      samples,
      seed: 1,
      from: 0,
      runs: 10,
      jobs: 2,
      deepEvery: 5,
      patienceMs: 2_000,
      program: program(body),
      onFind: (find) => finds.push(find),
      onProgress: () => undefined,
    });
    return { tally, finds: finds.map(({ run, fault }) => `${run}: ${fault}`).sort() };
  };

  test('share the runs out', async () => {
    const { tally, finds } = await crew('');
    expect(tally.runs).toBe(10);
    expect(finds).toEqual([]);
  });

  test('that hang are killed, and the rest is done', async () => {
    const { tally, finds } = await crew('if (run === 4) for (;;);');
    expect(finds).toEqual(['4: hung: killed after 2 s']);
    expect(tally.runs).toBe(10);
  });

  test('that die are named, and the rest is done', async () => {
    const { tally, finds } = await crew('if (run === 7) process.exit(13);');
    expect(finds).toEqual(['7: the process died with code 13']);
    expect(tally.runs).toBe(10);
  });
});
