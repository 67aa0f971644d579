import { expect, test } from 'vitest';
import { lastWords } from '../../src/drills/last-words.ts';
import { oneLine } from '../../src/drills/one-line.ts';

test.each<[string, string, string[]]>([
  ['nothing was said', '\n\n', []],
  ['a short log', 'starting\nno such table: orders\n', ['starting', 'no such table: orders']],
  [
    'Python names its error last',
    'Traceback (most recent call last):\n  File "/app/server.py", line 9\n    lock = open()\n           ^^^^\nFileExistsError: [Errno 17] File exists',
    ['lock = open()', '^^^^', 'FileExistsError: [Errno 17] File exists'],
  ],
  [
    'Node names it first',
    'throw new Error("GREETING")\n\nError: GREETING is not set\n    at file:///app/server.mjs:3:32\n    at ModuleJob.run (node:internal)\n    at async x\n\nNode.js v22.1.0',
    ['Error: GREETING is not set', 'at ModuleJob.run (node:internal)', 'at async x', 'Node.js v22.1.0'],
  ],
])('last words: %s', (_, log, words) => {
  expect(lastWords(log)).toEqual(words);
});

test('in one line', () => {
  expect(oneLine('a\n  b\t c ')).toBe('a b c');
  expect(oneLine('x'.repeat(300))).toHaveLength(200);
});
