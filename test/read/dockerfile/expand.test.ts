import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandWord, expandWords } from '../../../src/read/dockerfile/expand.ts';

const variables = new Map([
  ['a', 'one'],
  ['empty', ''],
  ['file', 'lib.tar.gz'],
  ['path', '/usr/local/bin'],
  ['spaced', ' x  y '],
]);
const env = (name: string): string | undefined => variables.get(name);

describe('expandWord', () => {
  test.each([
    ['$a-${a}', 'one-one'],
    ['$missing.', '.'],
    ['a\\$a', 'a$a'],
    ['\'$a\'"$a"', '$aone'],
    ['"\\n\\"\\$a"', '\\n"$a'],
    ['$', '$'],
    ['$ab$a', 'one'],
    ['${a:-x}${empty:-x}${empty-x}${missing-x}', 'onexx'],
    ['${a:+x}${empty:+x}${empty+x}${missing+x}', 'xx'],
    ['${missing:-${empty:-$a}}', 'one'],
    ['${missing:-"a b"}', 'a b'],
    ['${file#*.}|${file##*.}|${file%.*}|${file%%.*}', 'tar.gz|gz|lib.tar|lib'],
    ['${file#?i}|${file#x}|${file%}', 'b.tar.gz|lib.tar.gz|lib.tar.gz'],
    ['${path//\\//_}|${path/l*l/X}', '_usr_local_bin|/usr/X/bin'],
    ['${path/o/0}|${path//[ao]/0}', '/usr/l0cal/bin|/usr/local/bin'],
    ['${file//./}', 'libtargz'],
    ['${a//*/x}', 'x'],
    ['$1${@}${#}', ''],
    ['${a?no}${empty?no}', 'one'],
    ['\\', ''],
    ['한$a', '한one'],
  ])('%s', (word, text) => {
    expect(expandWord(word, env)).toMatchObject({ text });
  });

  test.each([
    '${',
    '${}',
    '${a',
    '${:x}',
    '${{a}}',
    '${a:=x}',
    '${a^^}',
    '${a:x}',
    '${missing?}',
    '${empty:?gone}',
    '${missing:-${a}',
    '${a#\\x}',
    '${a/b}',
    "'open",
    '"open',
    '"open\\"',
  ])('refuses %s', (word) => {
    const { text, error } = expandWord(word, env);
    expect(text).toBeUndefined();
    expect(error).toEqual(expect.any(String));
  });

  test('the message of ? is the user’s own', () => {
    expect(expandWord('${missing:?set it}', env).error).toContain('set it');
  });

  test('says which variables it used and which were not set', () => {
    const { used, unset } = expandWord('$a${b:-$c}$a${empty}', env);
    expect(used).toEqual(['a', 'empty']);
    expect(unset).toEqual(['c', 'b']);
  });

  test('the escape character may be the backtick', () => {
    expect(expandWord('C:\\x`$a\\$a', env, '`').text).toBe('C:\\x$a\\one');
  });

  test('options keep quotes, escapes and what is not set', () => {
    expect(expandWord('"$a"\\ \'b\'', env, '\\', { rawQuotes: true, rawEscapes: true }).text).toBe('"one"\\ \'b\'');
    expect(expandWord('$a $b ${b} ${b:-$a}', env, '\\', { keepUnset: true }).text).toBe('one $b ${b} ${b:-one}');
    expect(expandWord("it's $a", env, '\\', { ignoreQuotes: true }).text).toBe("it's one");
  });
});

describe('expandWords', () => {
  test.each([
    ['a  b', ['a', 'b']],
    ['a"  "b', ['a  b']],
    ['a\\ b', ['a b']],
    ['-$spaced-', ['-', 'x', 'y', '-']],
    ['-"$spaced"-', ['- x  y -']],
    ['"" a', ['a']],
    ['$missing', []],
    ['"open', []],
  ])('%s', (text, words) => {
    expect(expandWords(text, env)).toEqual(words);
  });
});

describe('hostile input', () => {
  test('deep nesting is an error, not a crash', () => {
    expect(expandWord('${a:-'.repeat(100_000), env).error).toEqual(expect.any(String));
  });

  test('values that would fill the memory are an error', () => {
    const big = 'x'.repeat(300_000);
    expect(expandWord('$a$a$a$a', () => big).error).toEqual(expect.any(String));
  });

  test('wildcards take no exponential time', () => {
    const value = 'a'.repeat(5_000);
    const start = performance.now();
    expect(expandWord(`\${v//${'*a'.repeat(20)}b/x}`, () => value).text).toBe(value);
    expect(expandWord(`\${v##${'*a'.repeat(20)}b}`, () => value).text).toBe(value);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test('any text gives a text or an error, never a throw', () => {
    const pieces = fc.constantFrom(
      '$',
      '{',
      '}',
      '"',
      "'",
      '\\',
      ':',
      '-',
      '#',
      '%',
      '/',
      'a',
      '*',
      '?',
      ' ',
      '한',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const { text, error } = expandWord(parts.join(''), env);
        expect((text === undefined) !== (error === undefined)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a text in single quotes means itself', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll("'", '');
        expect(expandWord(`'${plain}'`, env).text).toBe(plain);
      }),
    );
  });
});
