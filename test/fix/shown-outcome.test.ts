import { describe, expect, test } from 'vitest';
import { shownDiff } from '../../src/fix/shown-diff.ts';
import { unifiedDiff } from '../../src/fix/unified-diff.ts';
import { fix } from '../../src/index.ts';
import { readProject } from '../../src/model/read-project.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';
import { renderDiff } from '../../src/report/diff.ts';

const compose = `version: "3"
services:
  db:
    image: postgres:17.2
    environment:
      POSTGRES_PASSWORD: correct-horse-battery
`;

describe('the library', () => {
  test('gives the new texts and writes nothing', async () => {
    const result = await fix({ files: { 'compose.yaml': compose } }, { only: ['compose/obsolete-version'] });
    expect(result.files).toEqual({ 'compose.yaml': compose.replace('version: "3"\n', '') });
    expect(result.applied).toMatchObject([
      { finding: { rule: 'compose/obsolete-version' }, change: { safety: 'safe', files: ['compose.yaml'] } },
    ]);
    expect(result.left).toEqual([]);
    expect(result.diff).toContain('-version: "3"\n');
  });

  test('is safe unless asked, and shows no secret', async () => {
    const safe = await fix({ files: { 'compose.yaml': compose } });
    expect(safe.applied.every(({ change }) => change.safety === 'safe')).toBe(true);
    expect(safe.left.some(({ needsReview }) => needsReview)).toBe(true);
    const { files: _, ...shown } = await fix({ files: { 'compose.yaml': compose } }, { level: 'review' });
    expect(shown.applied.some(({ change }) => change.safety === 'review')).toBe(true);
    expect(JSON.stringify(shown)).not.toContain('correct-horse-battery');
  });

  test('mends all projects below, and what they share with what both want', async () => {
    const service = (name: string) => `version: "3"\nservices:\n  ${name}:\n    build: ../shared\n`;
    const files = {
      'one/compose.yaml': service('a'),
      'two/compose.yaml': service('b'),
      'shared/Dockerfile': 'FROM alpine:3.22\nMAINTAINER me\nUSER nobody\n',
    };
    const { files: texts, left } = await fix({ files }, { level: 'review', only: ['compose/obsolete-version'] });
    expect(Object.keys(texts).sort()).toEqual(['one/compose.yaml', 'two/compose.yaml']);
    expect(left).toEqual([]);
  });

  test('refuses a rule that does not exist', async () => {
    await expect(fix({ files: { Dockerfile: 'FROM a\n' } }, { only: ['compose/nope'] })).rejects.toMatchObject({
      code: 'unknown-rule',
    });
  });
});

describe('a difference', () => {
  test('of a new file, an emptied one, and one without a last line end', async () => {
    expect(await unifiedDiff('a', undefined, 'x\n')).toBe('--- /dev/null\n+++ b/a\n@@ -0,0 +1,1 @@\n+x\n');
    expect(await unifiedDiff('a', 'x\n', '')).toBe('--- a/a\n+++ b/a\n@@ -1,1 +0,0 @@\n-x\n');
    expect(await unifiedDiff('a', 'x', 'x\ny')).toBe(
      '--- a/a\n+++ b/a\n@@ -1,1 +1,2 @@\n-x\n\\ No newline at end of file\n+x\n+y\n\\ No newline at end of file\n',
    );
    expect(await unifiedDiff('a', 'x', 'x')).toBe('');
  });

  test('of two long texts without a common line is found in time', async () => {
    const lines = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${index}\n`).join('');
    const start = performance.now();
    const diff = await unifiedDiff('a', lines('a'), lines('b'));
    expect(performance.now() - start).toBeLessThan(5000);
    expect(diff.split('\n')).toHaveLength(40_000 + 4);
  }, 20_000);

  test('masks what goes, what comes, and all of a new secret file', async () => {
    const moved = compose.replace('POSTGRES_PASSWORD: correct-horse-battery', 'PASSWORD: correct-horse-battery');
    const withSecret = `${moved}secrets:\n  db: { file: ./secrets/db }\n`;
    const before = readProject(memoryFiles({ 'compose.yaml': compose }), { today: '2026-11-21' });
    const after = readProject(memoryFiles({ 'compose.yaml': withSecret, 'secrets/db': 'short' }), {
      today: '2026-11-21',
    });
    const pairs = [
      { file: 'compose.yaml', old: compose, new: withSecret },
      { file: 'secrets/db', old: undefined, new: 'short' },
    ];
    const shown = renderDiff(await shownDiff(pairs, before, after, (file) => `../x/${file}`), { color: false });
    expect(shown).not.toContain('correct-horse');
    expect(shown).not.toContain('short');
    expect(shown).toContain('+++ b/../x/secrets/db\n@@ -0,0 +1,1 @@\n+***\n');
  });

  test('shows no character that a terminal would act on', async () => {
    const hunks = [{ head: '@@ -1 +1 @@', lines: ['-a\u001b[2Jb\r', '+\tc\u202e'] }];
    expect(renderDiff([{ file: 'a\u0007b', isNew: false, hunks }], { color: false })).toBe(
      'diff --git a/a\\x07b b/a\\x07b\n--- a/a\\x07b\n+++ b/a\\x07b\n@@ -1 +1 @@\n-a\\x1b[2Jb\r\n+\tc\\u202e\n',
    );
  });
});
