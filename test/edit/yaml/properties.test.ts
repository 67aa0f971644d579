import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendInYaml, removeInYaml, setInYaml, type TextChange } from '../../../src/edit/yaml/set-in-yaml.ts';
import type { Value } from '../../../src/edit/yaml/value.ts';
import { applyEdits } from '../../../src/fix/apply-edits.ts';
import { type Json, toPlain } from '../../../src/model/compose/tree-access.ts';
import { parseYaml } from '../../../src/read/yaml/parse.ts';
import { keys, someYaml } from './some-yaml.ts';

const path = fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 3 });
const plain = fc.constantFrom<Value>('x', '10m', 5, true, null, '3', 'yes', 'a: b', "it's", '# no', '', 'two words');
const value = fc.oneof(
  plain,
  fc.array(plain, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('k', 'l'), fc.oneof(plain, fc.array(plain, { maxLength: 2 })), { maxKeys: 2 }),
) as fc.Arbitrary<Value & Json>;

type Map = { readonly [key: string]: Json };
const isMap = (json: Json | undefined): json is Map =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** What a mapping is with `act` done to the value at a path; undefined where something else is in the way. */
function changed(
  json: Json | undefined,
  keys: readonly string[],
  act: (old: Json | undefined) => Json | undefined,
): Json | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return act(json);
  if (json !== undefined && json !== null && !isMap(json)) return undefined;
  const inner = changed(json?.[key], rest, act);
  return inner === undefined ? undefined : { ...json, [key]: inner };
}

function without(json: Map, [key, ...rest]: readonly string[]): Map {
  if (key === undefined || !(key in json)) return json;
  const { [key]: old, ...others } = json;
  if (rest.length === 0) return others;
  if (!isMap(old)) return json;
  const inner = without(old, rest);
  if (Object.keys(inner).length > 0) return { ...json, [key]: inner };
  return Object.keys(old).length === 0 ? json : others;
}

function read(text: string): { readonly model: Json; readonly faults: number; readonly comments: string[] } {
  const file = parseYaml(text, 'f.yaml');
  const [root] = file.documents;
  return {
    model: root ? toPlain(root) : null,
    faults: file.faults.length,
    comments: file.comments.map((comment) => comment.text).sort(),
  };
}

function edited(text: string, change: TextChange): string | undefined {
  if ('left' in change) return undefined;
  const after = applyEdits(text, change);
  if (after === undefined) throw new Error('the edits overlap');
  return after;
}

/** Same habits: no line end of another kind, the mark stays, the last line ends as it did. */
function expectHabits(before: string, after: string): void {
  const kinds = (text: string) => new Set(text.match(/\r?\n/g) ?? []);
  const first = [...kinds(before)];
  if (first.length > 0) expect([...kinds(after)].every((kind) => first.includes(kind))).toBe(true);
  expect(after.startsWith('\ufeff')).toBe(before.startsWith('\ufeff'));
  expect(after).not.toMatch(/\ufeff\ufeff/);
}

const runs = { numRuns: 700 };

describe('edits of any YAML', () => {
  test('setting a value changes that value and no other, and keeps the comments', () => {
    fc.assert(
      fc.property(someYaml, path, value, ({ text }, keysOf, fresh) => {
        const before = read(text);
        fc.pre(before.faults === 0);
        const after = edited(text, setInYaml(parseYaml(text, 'f.yaml'), keysOf, fresh));
        let old: Json | undefined;
        const expected = changed(before.model, keysOf, (found) => {
          old = found;
          return fresh;
        });
        if (after === undefined) {
          // `null` and `~` in words stay; nothing at all after the colon can be filled.
          if (!/null|~/.test(text)) expect(expected).toBe(undefined);
          return;
        }
        const now = read(after);
        expect(now.faults).toBe(0);
        expect(now.model).toEqual(expected);
        expectHabits(text, after);
        // Of a block that is replaced the comments go with it; the mender refuses that.
        if (old === undefined || typeof old !== 'object') expect(now.comments).toEqual(before.comments);
      }),
      runs,
    );
  });

  test('appending adds one item at the end', () => {
    fc.assert(
      fc.property(someYaml, path, plain as fc.Arbitrary<Value & Json>, ({ text }, keysOf, item) => {
        const before = read(text);
        fc.pre(before.faults === 0);
        const after = edited(text, appendInYaml(parseYaml(text, 'f.yaml'), keysOf, item));
        const expected = changed(before.model, keysOf, (found) =>
          found === undefined || found === null ? [item] : Array.isArray(found) ? [...found, item] : undefined,
        );
        if (after === undefined) return;
        const now = read(after);
        expect(now.faults).toBe(0);
        expect(now.model).toEqual(expected);
        expect(now.comments).toEqual(before.comments);
        expectHabits(text, after);
      }),
      runs,
    );
  });

  test('removing takes out what was named, and what is left empty by it', () => {
    fc.assert(
      fc.property(someYaml, path, ({ text }, keysOf) => {
        const before = read(text);
        fc.pre(before.faults === 0 && isMap(before.model) && Object.keys(before.model).length > 1);
        const after = edited(text, removeInYaml(parseYaml(text, 'f.yaml'), keysOf));
        if (after === undefined) return;
        const now = read(after);
        expect(now.faults).toBe(0);
        expect(now.model).toEqual(without(before.model as Map, keysOf));
        expectHabits(text, after);
      }),
      runs,
    );
  });
});
