import { describe, expect, test } from 'vitest';
import { onlyCommand, onlyWord, read } from './show.ts';

describe('quotes and escapes', () => {
  for (const [written, text, quoted] of [
    ['plain', 'plain', false],
    ["'a b'", 'a b', true],
    ['"a b"', 'a b', true],
    ['a\\ b', 'a b', false],
    ['a\'b\'"c"\\d', 'abcd', true],
    ['""', '', true],
    ['"a\\"b\\\\c\\$d\\`e"', 'a"b\\c$d`e', true],
    ['"a\\nb"', 'a\\nb', true],
    ["'it'\\''s'", "it's", true],
    ["$'a\\tb\\x41\\u00e9\\101\\''", "a\tbAéA'", true],
    ['$"hello"', 'hello', true],
    ['a\\\nb', 'ab', false],
    ['"a\\\nb"', 'ab', true],
    ['a#b', 'a#b', false],
    ['*.txt', '*.txt', false],
    ['!(a|b)', '!(a|b)', false],
    ['{a,b}', '{a,b}', false],
    ['5$', '5$', false],
    ['A=(x)', 'A=(x)', false],
    ['naïve—ü', 'naïve—ü', false],
  ] as const) {
    test(written, () => {
      const word = onlyWord(written);
      expect({ text: word.text, quoted: word.quoted, literal: word.literal }).toEqual({ text, quoted, literal: true });
      expect(word.variables).toEqual([]);
      expect(word.span).toEqual({ file: 'x.sh', start: 5, end: 5 + written.length });
    });
  }
});

describe('expansions stay as written', () => {
  for (const [written, text, variables] of [
    ['$HOME/x', '$HOME/x', ['HOME']],
    ['"a $b c"', 'a $b c', ['b']],
    ['${x}', '${x}', ['x']],
    ['${x:-y z}', '${x:-y z}', ['x']],
    ['${x:-${y}$z}', '${x:-${y}$z}', ['x', 'y', 'z']],
    ['"${x:-"a}b"}"', '${x:-"a}b"}', ['x']],
    ['"${x:-it\'s}"', "${x:-it's}", ['x']],
    ["${x#'}'}", "${x#'}'}", ['x']],
    ['${#x}', '${#x}', ['x']],
    ['${!x}', '${!x}', ['x']],
    ['${#}', '${#}', ['#']],
    ['${x[@]}', '${x[@]}', ['x']],
    ['${10}', '${10}', ['10']],
    ['$10', '$10', ['1']],
    ['"$@"', '$@', ['@']],
    ['$$', '$$', ['$']],
    ['$((1 + $n))', '$((1 + $n))', ['n']],
    ['$(( (1) + 2 ))', '$(( (1) + 2 ))', []],
    ['~/x', '~/x', []],
  ] as const) {
    test(written, () => {
      const word = onlyWord(written);
      expect({ text: word.text, literal: word.literal, variables: word.variables }).toEqual({
        text,
        literal: false,
        variables,
      });
    });
  }

  test('an escaped or single-quoted dollar is none', () => {
    expect(onlyWord('\\$a').variables).toEqual([]);
    expect(onlyWord("'$a'")).toMatchObject({ text: '$a', literal: true, variables: [] });
  });

  test('a tilde expands at the start only', () => {
    expect(onlyWord('a~').literal).toBe(true);
    expect(onlyWord('"~"').literal).toBe(true);
  });
});

test('assignments before a command, and alone', () => {
  const { assignments, words } = onlyCommand('A=1 B="x $y" C= _d+=(p $q) e[1]=z cmd F=2');
  expect(assignments.map(({ name, value }) => [name, value?.text, value?.variables])).toEqual([
    ['A', '1', []],
    ['B', 'x $y', ['y']],
    ['C', undefined, undefined],
    ['_d', '(p $q)', ['q']],
    ['e', 'z', []],
  ]);
  expect(words.map(({ text }) => text)).toEqual(['cmd', 'F=2']);
  expect(onlyCommand('A=1')).toMatchObject({ name: undefined, words: [] });
  expect(onlyCommand('1A=1').words).toHaveLength(1);
});

describe('the name of a command', () => {
  for (const [text, name] of [
    ['/usr/bin/curl x', 'curl'],
    ['./gradlew', 'gradlew'],
    ['"apt-get" update', 'apt-get'],
    ['\\rm x', 'rm'],
    ['$cmd x', undefined],
    ['$(which x)/y', undefined],
    ['""', undefined],
    ['/bin/', undefined],
    ['[ a ]', '['],
    ['[[ a ]]', '[['],
    ['(( 1 ))', '(('],
  ] as const) {
    test(text, () => expect(read(text).commands[0]?.name).toBe(name));
  }
});

test('spans of parts of a word, through quotes and escapes', () => {
  const text = `sh -c 'a b'"c\\"d" e\\ f`;
  const words = read(text).commands[0]?.words ?? [];
  const part = (index: number, start: number, end: number) => {
    const span = words[index]?.spanOf?.(start, end);
    return span && text.slice(span.start, span.end);
  };
  expect(words[2]?.text).toBe('a bc"d');
  expect(part(2, 0, 3)).toBe('a b');
  expect(part(2, 2, 4)).toBe(`b'"c`);
  expect(part(2, 4, 5)).toBe('"');
  expect(part(3, 1, 3)).toBe(' f');
  expect(words[0]?.spanOf).toBeUndefined();
});
