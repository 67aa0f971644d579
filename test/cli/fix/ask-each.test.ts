import { expect, test } from 'vitest';
import { askEach } from '../../../src/cli/fix/ask-each.ts';
import type { Offer } from '../../../src/fix/fix-project.ts';
import { readProject } from '../../../src/model/read-project.ts';
import { memoryFiles } from '../../../src/read/files-memory.ts';

const position = { line: 1, column: 1, offset: 0 };
const offer = (rule: string): Offer => ({
  finding: {
    rule,
    aliases: [],
    severity: 'low',
    confidence: 'certain',
    message: 'm',
    file: 'f',
    span: { start: position, end: position },
    mission: [],
  },
  fix: { title: 'Mend it', safety: 'safe', edits: [] },
  changes: new Map(),
  project: readProject(memoryFiles({}), { today: '2026-11-21' }),
});

async function answers(given: readonly string[], rules: readonly string[]) {
  const left = [...given];
  let shown = 0;
  let told = 0;
  const asked = askEach(
    { ask: async () => left.shift(), close: () => {} },
    () => {
      shown += 1;
    },
    () => {
      told += 1;
    },
  );
  const said: boolean[] = [];
  for (const rule of rules) said.push(await asked(offer(rule)));
  return { said, shown, told };
}

test('yes and no count once', async () => {
  expect(await answers(['y', 'no', 'yes', 'n'], ['a', 'a', 'b', 'b'])).toEqual({
    said: [true, false, true, false],
    shown: 4,
    told: 0,
  });
});

test('all counts for the rest of its rule', async () => {
  expect(await answers(['a', 'n'], ['a', 'a', 'b', 'a'])).toEqual({
    said: [true, true, false, true],
    shown: 2,
    told: 0,
  });
});

test('after q, and after the last answer, nobody is asked', async () => {
  for (const end of [['y', 'q', 'y'], ['y']])
    expect(await answers(end, ['a', 'b', 'c'])).toEqual({ said: [true, false, false], shown: 2, told: 0 });
});

test('what is no answer is explained, and asked again', async () => {
  expect(await answers(['', '?', 'y'], ['a'])).toEqual({ said: [true], shown: 1, told: 2 });
});
