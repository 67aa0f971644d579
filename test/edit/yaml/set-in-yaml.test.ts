import { describe, expect, test } from 'vitest';
import {
  appendInYaml,
  removeInYaml,
  removeItemsInYaml,
  setInYaml,
  type TextChange,
} from '../../../src/edit/yaml/set-in-yaml.ts';
import { asTemplate, inOneLine, type Value } from '../../../src/edit/yaml/value.ts';
import { applyEdits } from '../../../src/fix/apply-edits.ts';
import { parseYaml } from '../../../src/read/yaml/parse.ts';

function edited(text: string, edit: (file: ReturnType<typeof parseYaml>) => TextChange): string | undefined {
  const change = edit(parseYaml(text, 'f.yaml'));
  return 'left' in change ? `left: ${change.left}` : applyEdits(text, change);
}
const set = (text: string, path: string, value: Value) =>
  edited(text, (file) => setInYaml(file, path.split('.'), value));
const shared = 'left: it is written in an anchor that others use too';
const unsafe = 'left: the place in the file is written in a way that cannot be edited safely';

describe('setting', () => {
  test.each<[string, string, string, Value, string]>([
    ['a new key comes last', 'a:\n  b: 1\nc: 2\n', 'a.d', 5, 'a:\n  b: 1\n  d: 5\nc: 2\n'],
    ['behind a comment at the line’s end', 'a:\n  b: 1 # one\n', 'a.d', 5, 'a:\n  b: 1 # one\n  d: 5\n'],
    ['without a last line end', 'a:\n  b: 1', 'a.d', 5, 'a:\n  b: 1\n  d: 5'],
    ['with carriage returns', 'a:\r\n  b: 1\r\n', 'a.d', { k: 'v' }, 'a:\r\n  b: 1\r\n  d:\r\n    k: v\r\n'],
    ['four columns, as the author', 'a:\n    b: 1\n', 'a.d', { k: 'v' }, 'a:\n    b: 1\n    d:\n        k: v\n'],
    ['lists below the key, as the author', 'a:\n  l:\n  - x\n', 'a.d', ['z'], 'a:\n  l:\n  - x\n  d:\n  - z\n'],
    ['single quotes, as the author', "a:\n  b: 'x'\n", 'a.d', 'true', "a:\n  b: 'x'\n  d: 'true'\n"],
    ['tabs in comments stay', 'a:\n  b: 1\t# \ttab\n', 'a.d', 5, 'a:\n  b: 1\t# \ttab\n  d: 5\n'],
    ['between braces', 'a: { b: 1 }\n', 'a.d', { k: 'v' }, 'a: { b: 1, d: { k: v } }\n'],
    ['where nothing stood', 'a: # why\nc: 1\n', 'a.d', 5, 'a: # why\n  d: 5\nc: 1\n'],
    ['a quoted key', '"a":\n  "b": 1\n', 'a.b', 2, '"a":\n  "b": 2\n'],
    ['a value keeps its blanks and comment', 'a:   1   # one\n', 'a', 2, 'a:   2   # one\n'],
    ['a dollar is no variable', 'a:\n  c: 1\n', 'a.b', 'x$y', 'a:\n  c: 1\n  b: x$$y\n'],
    ['a template is one', 'a:\n  c: 1\n', 'a.b', asTemplate('${X:-1}'), 'a:\n  c: 1\n  b: ${X:-1}\n'],
    ['a list in one line', 'a:\n  c: 1\n', 'a.b', inOneLine(['CMD', 'true']), 'a:\n  c: 1\n  b: ["CMD", "true"]\n'],
    ['what reads as something else is quoted', 'a:\n  c: 1\n', 'a.b', '1:30', 'a:\n  c: 1\n  b: "1:30"\n'],
    ['above the comments of what follows', 'a:\n  b: 1\n\n# c\nc: 2\n', 'a.d', 5, 'a:\n  b: 1\n  d: 5\n\n# c\nc: 2\n'],
    [
      'a merged key can be overridden',
      'x: &x\n  k: 1\na:\n  <<: *x\n',
      'a.k',
      2,
      'x: &x\n  k: 1\na:\n  <<: *x\n  k: 2\n',
    ],
    ['into what an alias stands for: not', 'x: &x\n  k: 1\na: *x\n', 'a.k', 2, shared],
    ['into what a merge brings: not', 'x: &x\n  k: { l: 1 }\na:\n  <<: *x\n', 'a.k.l', 2, shared],
    ['an alias itself is replaced', 'x: &x 1\na: *x\n', 'a', 2, 'x: &x 1\na: 2\n'],
    ['into a text: not', 'a: text\n', 'a.b', 1, unsafe],
    ['in one of two documents: not', 'a: 1\n---\nb: 2\n', 'a', 2, unsafe],
    ['in a file that cannot be read: not', 'a: [1\n', 'b', 2, unsafe],
  ])('%s', (_, text, path, value, expected) => {
    expect(set(text, path, value)).toBe(expected);
  });
});

describe('appending', () => {
  const append = (text: string, path: string, item: Value) =>
    edited(text, (file) => appendInYaml(file, path.split('.'), item));
  test.each<[string, string, string]>([
    ['a block', 'a:\n  - x # one\nb: 1\n', 'a:\n  - x # one\n  - "y"\nb: 1\n'],
    ['a block below its key', 'a:\n- x\n', 'a:\n- x\n- "y"\n'],
    ['brackets', 'a: [x]\n', 'a: [x, "y"]\n'],
    ['empty brackets', 'a: []\n', 'a: ["y"]\n'],
    ['nothing yet', 'b: 1\n', 'b: 1\n\na:\n  - "y"\n'],
    ['a shared list: not', 'x: &x [1]\na: *x\n', shared],
    ['a text: not', 'a: x\n', unsafe],
  ])('%s', (_, text, expected) => {
    expect(append(text, 'a', 'y')).toBe(expected);
  });
});

describe('removing', () => {
  const remove = (text: string, path: string) => edited(text, (file) => removeInYaml(file, path.split('.')));
  test.each<[string, string, string, string]>([
    ['a whole line', 'a: 1\nb: 2\n', 'a', 'b: 2\n'],
    ['what is nested', 'a:\n  b:\n    c: 1\n  d: 2\n', 'a.b', 'a:\n  d: 2\n'],
    ['what is left empty by it', 'a:\n  b: 1\nc: 2\n', 'a.b', 'c: 2\n'],
    ['a comment stays', 'a: 1 # why\nb: 2\n', 'a', '# why\nb: 2\n'],
    ['between braces', 'a: { b: 1, c: 2 }\n', 'a.b', 'a: { c: 2 }\n'],
    ['the last between braces', 'a: { b: 1, c: 2 }\n', 'a.c', 'a: { b: 1 }\n'],
    ['the last line of a file without its end', 'a: 1\nb: 2', 'b', 'a: 1'],
    ['what is not there', 'a: 1\n', 'b', 'a: 1\n'],
  ])('%s', (_, text, path, expected) => {
    expect(remove(text, path)).toBe(expected);
  });

  test.each<[string, readonly number[], string]>([
    ['a:\n  - x\n  - y\n  - z\n', [1], 'a:\n  - x\n  - z\n'],
    ['a: [x, y, z]\n', [0], 'a: [y, z]\n'],
    ['a: [x, y, z]\n', [2], 'a: [x, y]\n'],
    ['a:\n  - x\nb: 1\n', [0], 'b: 1\n'],
  ])('items: %j %j', (text, indexes, expected) => {
    expect(edited(text, (file) => removeItemsInYaml(file, ['a'], indexes))).toBe(expected);
  });
});
