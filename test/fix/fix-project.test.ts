import { describe, expect, test } from 'vitest';
import { type FixOptions, type FixOutcome, fixProject } from '../../src/fix/fix-project.ts';
import { noConfiguration } from '../../src/judge/config/configuration.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';
import type { Rule } from '../../src/rules/rule.ts';
import type { Cure, Edit } from '../../src/vocabulary/fix.ts';

const file = 'compose.yaml';

/** A rule that finds a text in the Compose file wherever it stands, and mends it as told. */
function finds(name: string, word: string, cure: (text: string, at: number) => Cure): Rule {
  return {
    id: `compose/${name}`,
    summary: name,
    why: name,
    sources: [],
    severity: 'medium',
    confidence: 'certain',
    since: '0.1.0',
    mission: [],
    aliases: [],
    examples: { bad: '', good: '' },
    project(project, report) {
      const text = project.sources.get(file)?.text ?? '';
      for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
        report({
          at: { file, start: at, end: at + word.length },
          message: `"${word}" is there`,
          fix: () => cure(text, at),
        });
    },
  };
}

const edit = (start: number, end: number, text: string): Edit => ({ span: { file, start, end }, text });
/** Puts one word in the place of another; `sets` is what that changes in the model. */
function replaces(
  name: string,
  word: string,
  by: string,
  sets: readonly string[] = ['services.a.image'],
  safety: 'safe' | 'review' = 'safe',
) {
  return finds(name, word, (_, at) => ({
    title: `${word} to ${by}`,
    safety,
    edits: [edit(at, at + word.length, by)],
    sets,
  }));
}

const compose = (image: string, more = '') => `services:\n  a: # mine\n    image: ${image}\n${more}`;

function mend(text: string, rules: readonly Rule[], options: Partial<FixOptions> = {}): Promise<FixOutcome> {
  return fixProject(memoryFiles({ [file]: text }), {
    level: 'review',
    project: { today: '2026-11-21', compose: { env: {} } },
    rules,
    configurationOf: () => noConfiguration,
    ...options,
  });
}
const textOf = (outcome: FixOutcome) => outcome.files.get(file);
const reasons = (outcome: FixOutcome) => outcome.left.map(({ because }) => because);

describe('rounds', () => {
  test('a fix that makes room for another is followed by it', async () => {
    const outcome = await mend(compose('one'), [replaces('one', 'one', 'two'), replaces('two', 'two', 'three')]);
    expect(textOf(outcome)).toBe(compose('three'));
    expect(outcome.applied.map(({ fix }) => fix.title)).toEqual(['one to two', 'two to three']);
    expect(outcome.left).toEqual([]);
  });

  test('two that undo each other come to an end', async () => {
    const outcome = await mend(compose('one'), [replaces('one', 'one', 'two'), replaces('two', 'two', 'one')]);
    expect(outcome.left.length).toBeGreaterThan(0);
  });

  test('edits that overlap are made one after the other', async () => {
    const rules = [
      replaces('ab', 'ab', 'x'),
      finds('bc', 'bc', (_, at) => ({
        title: 't',
        safety: 'safe',
        edits: [edit(at, at + 2, 'y')],
        sets: ['services.a.image'],
      })),
    ];
    const outcome = await mend(compose('abc'), rules);
    // The first takes the second's reason away.
    expect(textOf(outcome)).toBe(compose('xc'));
    expect(outcome.left).toEqual([]);
  });

  test('nothing to do is nothing done', async () => {
    const outcome = await mend(compose('fine'), [replaces('one', 'one', 'two')]);
    expect([outcome.files.size, outcome.applied.length, outcome.left.length]).toEqual([0, 0, 0]);
  });
});

describe('a fix is taken back', () => {
  test('when it changes what it does not name', async () => {
    const outcome = await mend(compose('one'), [replaces('one', 'one', 'two', ['services.a.ports'])]);
    expect(textOf(outcome)).toBe(undefined);
    expect(reasons(outcome)).toEqual(['it would also change services.a.image']);
  });

  test('when a comment would be lost', async () => {
    const rule = finds('mine', ' # mine', (_, at) => ({ title: 't', safety: 'safe', edits: [edit(at, at + 7, '')] }));
    const outcome = await mend(compose('one'), [rule]);
    expect(textOf(outcome)).toBe(undefined);
    expect(reasons(outcome)).toEqual(['a comment stands in the middle of what would change']);
  });

  test('when the file could not be read any more', async () => {
    const outcome = await mend(compose('one'), [replaces('one', 'one', '[')]);
    expect(textOf(outcome)).toBe(undefined);
    expect(reasons(outcome)[0]).toContain('could no longer be read');
  });

  test('when the finding is still there', async () => {
    const outcome = await mend(compose('one'), [replaces('one', 'one', 'one-more')]);
    expect(textOf(outcome)).toBe(undefined);
    expect(reasons(outcome)).toEqual(['the change would not clear the finding']);
  });

  test('when it brings a finding that nobody can mend', async () => {
    const byHand = finds('two', 'two', () => ({ left: 'only you know' }));
    const outcome = await mend(compose('one'), [replaces('one', 'one', 'two'), byHand]);
    expect(textOf(outcome)).toBe(undefined);
    expect(reasons(outcome)[0]).toContain('would bring another finding');
  });

  test('when what it brings turns out not to be mended, and all is begun anew without it', async () => {
    const rules = [
      replaces('one', 'one', 'two'),
      replaces('two', 'two', 'two-b'),
      replaces('p', 'port', 'gate', ['services.a.labels']),
    ];
    const outcome = await mend(compose('one', '    labels: [port]\n'), rules);
    expect(textOf(outcome)).toBe(compose('one', '    labels: [gate]\n'));
    expect(outcome.left.map(({ finding }) => finding.rule)).toEqual(['compose/one']);
  });

  test('alone: those beside it are made', async () => {
    const rules = [replaces('one', 'one', '['), replaces('p', 'port', 'gate', ['services.a.labels'])];
    const outcome = await mend(compose('one', '    labels: [port]\n'), rules);
    expect(textOf(outcome)).toBe(compose('one', '    labels: [gate]\n'));
    expect(outcome.applied).toHaveLength(1);
  });
});

describe('what is asked for', () => {
  test('a fix to review is left at the safe level, and said so', async () => {
    const rules = [replaces('one', 'one', 'two', ['services.a.image'], 'review')];
    const outcome = await mend(compose('one'), rules, { level: 'safe' });
    expect(textOf(outcome)).toBe(undefined);
    expect(outcome.left).toMatchObject([{ needsReview: true }]);
  });

  test('only some rules', async () => {
    const rules = [replaces('one', 'one', 'two'), replaces('p', 'port', 'gate', ['services.a.labels'])];
    const outcome = await mend(compose('one', '    labels: [port]\n'), rules, { only: ['compose/p'] });
    expect(textOf(outcome)).toBe(compose('one', '    labels: [gate]\n'));
    expect(outcome.left).toEqual([]);
  });

  test('each offer is made once, with its change alone', async () => {
    const seen: string[] = [];
    const rules = [replaces('one', 'one', 'two'), replaces('p', 'port', 'gate', ['services.a.labels'])];
    const outcome = await mend(compose('one', '    labels: [port]\n'), rules, {
      choose: ({ fix, changes }) => {
        seen.push(`${fix.title}: ${changes.get(file)?.edits.length}`);
        return fix.title === 'one to two';
      },
    });
    expect(seen.sort()).toEqual(['one to two: 1', 'port to gate: 1']);
    expect(textOf(outcome)).toBe(compose('two', '    labels: [port]\n'));
    expect(reasons(outcome)).toEqual(['you left it as it is']);
  });
});

test('nothing outside the project, and no file with broken bytes, is changed', async () => {
  const outside = finds('one', 'one', () => ({
    title: 't',
    safety: 'safe',
    edits: [{ span: { file: '../x', start: 0, end: 0 }, text: 'y' }],
  }));
  expect(reasons(await mend(compose('one'), [outside]))).toEqual(['the file lies outside the project']);

  const files = memoryFiles({ [file]: compose('one') });
  const broken = {
    ...files,
    read: (path: string) => {
      const outcome = files.read(path);
      return outcome.ok ? { ...outcome, brokenUtf8: true as const } : outcome;
    },
  };
  const outcome = await fixProject(broken, {
    level: 'review',
    project: { today: '2026-11-21', compose: { env: {} } },
    rules: [replaces('one', 'one', 'two')],
    configurationOf: () => noConfiguration,
  });
  expect([outcome.files.size, reasons(outcome)]).toEqual([0, ['its edits do not fit the file']]);
});
