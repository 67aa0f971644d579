import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpolate } from '../../src/read/compose-template.ts';

const env: Record<string, string> = { SHIP: 'gull', EMPTY: '', money: '$SHIP' };
const run = (template: string) => interpolate(template, (name) => env[name]);

test.each([
  ['$SHIP sails', 'gull sails'],
  ['${SHIP}s', 'gulls'],
  ['$SHIPS', ''],
  ['$$SHIP', '$SHIP'],
  ['$$$SHIP', '$gull'],
  ['$money', '$SHIP'], // values are not expanded again
  ['cost: 5$', 'cost: 5$'],
  ['$1 $(date) $ x', '$1 $(date) $ x'],
  ['${EMPTY:-d}|${EMPTY-d}|${NONE-d}', 'd||d'],
  ['${SHIP:+p}|${EMPTY:+p}|${EMPTY+p}|${NONE+p}', 'p||p|'],
  ['${SHIP:?m}|${EMPTY?m}', 'gull|'],
  ['${NONE:-${NONE:-$SHIP}}!', 'gull!'],
  ['${NONE:-a:-b-c?d}', 'a:-b-c?d'],
  ['${NONE:-{"a": {"b": 1}}} end', '{"a": {"b": 1}} end'],
  ['${NONE-} ${NONE:-$$x}', ' $x'],
  ['${SHIP}\n${NONE:-x}\n', 'gull\nx\n'],
  ['${NONE:-{}}', '{}'],
])('%j becomes %j', (template, text) => {
  const result = run(template);
  expect(result.error).toBeUndefined();
  expect(result.text).toBe(text);
});

describe('what Compose refuses', () => {
  test.each([
    ['a ${} b', 2, 5],
    ['${ SHIP}', 0, 8],
    ['${1A}', 0, 5],
    ['${SHIP!}', 0, 8],
    ['${SHIP', 0, 2],
    ['x\n${NONE:-two\nlines}', 2, 4], // the pattern's dot stops at the line end
    ['${NONE:-{}} ${SHIP}', 12, 14], // compose-go skips the character behind a brace and takes it all for the default
    ['${NONE:-${ }}', 8, 12],
  ])('%j is an invalid template at %i', (template, start, end) => {
    expect(run(template).error).toMatchObject({ kind: 'invalid', start, end });
  });

  test.each([
    ['${NONE:?why}', 'required variable NONE is missing a value: why'],
    ['${EMPTY:?}', 'required variable EMPTY is missing a value'],
    ['${NONE?say $SHIP}', 'required variable NONE is missing a value: say gull'],
  ])('%j: %s', (template, message) => {
    expect(run(template).error).toEqual({ kind: 'required', message, start: 0, end: template.length });
  });

  test('the first error counts', () => {
    expect(run('${NONE:?one} ${ }').error?.message).toContain('one');
    expect(run('${NONE:?${}} ${NONE:?two}').error?.kind).toBe('invalid');
  });

  test('no default and no neighbour is quoted: they may be secrets', () => {
    const { error } = run('hunter2 ${NONE:-hunter3\n} hunter4');
    expect(error?.message).toMatch(/^Invalid template/);
    expect(error?.message).not.toMatch(/hunter/);
  });
});

test('says which variables were asked for, and which Compose warns of', () => {
  expect(run('$A ${B:-$SHIP} ${C:+x} $A ${SHIP:-$D}')).toMatchObject({
    used: ['A', 'B', 'SHIP', 'C'],
    unset: ['A'],
  });
});

test('deep nesting is refused, wide lines are read, both at once', () => {
  const deep = `${'${N:-'.repeat(20_000)}x${'}'.repeat(20_000)}`;
  expect(run(deep).error?.message).toContain('nested more than 100 deep');
  const wide = '${N:-${N:-x}} '.repeat(100_000);
  expect(run(wide).text).toBe('x '.repeat(100_000));
  expect(run('${N:-'.repeat(200_000)).error?.kind).toBe('invalid');
  expect(run('${N:-{}'.repeat(20_000)).error?.kind).toBe('invalid');
}, 3_000);

test('never throws, and text without a dollar is itself', () => {
  const piece = fc.constantFrom('$', '${', '}', '{', 'N', 'SHIP', ':-', '?', '+', '\n', 'é', ' ');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const template = pieces.join('');
      const result = run(template);
      if (!template.includes('$')) expect(result.text).toBe(template);
      const { start = 0, end = 0 } = result.error ?? {};
      expect(start <= end && end <= template.length).toBe(true);
    }),
  );
});
