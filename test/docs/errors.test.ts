import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const page = fs.readFileSync(path.join(root, 'docs/errors.md'), 'utf8');

/** Codes in the first column of the tables below a heading that begins so. */
function documented(heading: string): string[] {
  const sections = page.split(/^## /m).filter((section) => section.startsWith(heading));
  return sections.flatMap((section) => [...section.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, code]) => code!));
}

function sources(room: string): string[] {
  return fs
    .readdirSync(path.join(root, 'src', room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => fs.readFileSync(path.join(root, 'src', room, name), 'utf8'));
}

/** Where a reader or loader says what is wrong: `refuse('code'`, `fault('code'`, `code: 'code'`, on one line or two. */
const saying =
  /(?:\b(?:refuse|warn|fault|report)\(\s*(?:[a-z]\w* \? '([a-z0-9-]+)' : )?|\bcode: (?:'([a-z0-9-]+)' \| )?)'([a-z0-9-]+)'/g;

function faultCodes(): string[] {
  const codes = new Set<string>();
  for (const text of [...sources('read'), ...sources('model')]) {
    for (const [, ...found] of text.matchAll(saying)) for (const code of found) if (code) codes.add(code);
    // `undefined-network` and its kind are put together from the kind of resource.
    for (const [, kind] of text.matchAll(/#(?:mustExist|mountExists)\((?:[^;]*?, )?'(\w+)s',/g))
      codes.add(`undefined-${kind}`);
  }
  return [...codes].sort();
}

test('every error code is documented, and no other', () => {
  const [, union = ''] =
    /type ErrorCode =([^;]*);/.exec(fs.readFileSync(path.join(root, 'src/vocabulary/error.ts'), 'utf8')) ?? [];
  const codes = [...union.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code!);
  expect(codes.length).toBeGreaterThan(5);
  expect(documented('Errors that end a run').sort()).toEqual(codes.sort());
});

test('every fault code is documented once, and no other', () => {
  const codes = faultCodes();
  expect(codes.length).toBeGreaterThan(80);
  expect(documented('Faults in').sort()).toEqual(codes);
});

test('every row says what it means', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  for (const row of rows) {
    const cells = row.split(/(?<!\\)\|/).slice(1, -1);
    expect(cells).toHaveLength(4);
    expect(cells[1]!.trim()).not.toBe('');
  }
});
