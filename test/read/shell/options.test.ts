import { describe, expect, test } from 'vitest';
import { type OptionRules, readOptions } from '../../../src/read/shell/options.ts';
import { onlyCommand } from './show.ts';

function optionsOf(text: string, rules: OptionRules = {}) {
  const { flags, operands, all } = readOptions(onlyCommand(text).words.slice(1), rules);
  return {
    flags: Object.fromEntries(Array.from(flags, ([name, value]) => [name, value === true ? true : value.text])),
    operands: operands.map((word) => word.text),
    all,
    value: (name: string) => flags.get(name),
  };
}

describe('options', () => {
  for (const [text, rules, flags, operands] of [
    ['x -y a', {}, { '-y': true }, ['a']],
    ['x -qy a', {}, { '-q': true, '-y': true, '-qy': true }, ['a']],
    ['x --a=b --c d', { withValue: ['--c'] }, { '--a': 'b', '--c': 'd' }, []],
    ['x --a= b', {}, { '--a': '' }, ['b']],
    ['x -o f g', { withValue: ['-o'] }, { '-o': 'f' }, ['g']],
    ['x -of g', { withValue: ['-o'] }, { '-o': 'f', '-of': true }, ['g']],
    [
      'x -fsSLo f g',
      { withValue: ['-o'] },
      { '-f': true, '-s': true, '-S': true, '-L': true, '-o': 'f', '-fsSLo': true },
      ['g'],
    ],
    ['x -o', { withValue: ['-o'] }, { '-o': true }, []],
    ['x a -- -b --c', {}, {}, ['a', '-b', '--c']],
    ['x - -a', {}, { '-a': true }, ['-']],
    ['x -a b -c', { stopAtOperand: true }, { '-a': true }, ['b', '-c']],
    [
      'x -wait tcp://a -timeout=5s b',
      { withValue: ['-wait', '-timeout'] },
      { '-wait': 'tcp://a', '-timeout': '5s' },
      ['b'],
    ],
    ['x -p$pw', { withValue: ['-p'] }, { '-p': '$pw', '-p$pw': true }, []],
    ['x "--a b"', {}, { '--a b': true }, []],
  ] as const) {
    test(text, () => {
      const read = optionsOf(text, rules as OptionRules);
      expect(read.flags).toEqual(flags);
      expect(read.operands).toEqual(operands);
    });
  }

  test('a repeated option keeps its last value, and all of them', () => {
    const read = optionsOf('x -H a -H b', { withValue: ['-H'] });
    expect(read.flags).toEqual({ '-H': 'b' });
    expect(read.all.map(({ name, value }) => [name, value === true ? true : value.text])).toEqual([
      ['-H', 'a'],
      ['-H', 'b'],
    ]);
  });

  test('a value in the same word has its own place', () => {
    const text = `x --url="a b" -ofile`;
    const { value } = optionsOf(text, { withValue: ['-o'] });
    const at = (name: string) => {
      const word = value(name);
      return word === true || word === undefined ? undefined : text.slice(word.span.start, word.span.end);
    };
    expect(at('--url')).toBe('a b');
    expect(at('-o')).toBe('file');
  });

  test('200,000 operands', () => {
    expect(optionsOf(`x -- ${'a '.repeat(200_000)}`).operands.length).toBe(200_000);
  });
});
