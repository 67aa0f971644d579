import { describe, expect, test } from 'vitest';
import { read, show } from './show.ts';

describe('heredocs in the text', () => {
  test('the body ends at its delimiter; commands go on after it', () => {
    const { commands, certain } = read('cat <<EOF > out && b\none\n EOF\nEOF\nc');
    expect(commands.map(show)).toEqual(['cat << EOF > out', '&& b', '; c']);
    expect(commands[0]?.redirects[0]?.body).toBe('one\n EOF\n');
    expect(certain).toBe(true);
  });

  test('several on one line', () => {
    const { commands } = read('a <<X 3<<"Y"\nx\nX\ny\nY\n');
    expect(commands[0]?.redirects.map(({ operator, body }) => [operator, body])).toEqual([
      ['<<', 'x\n'],
      ['3<<', 'y\n'],
    ]);
  });

  test('<<- takes leading tabs away', () => {
    expect(read('a <<-E\n\tb\n\t\tc\n\tE\nd').commands[0]?.redirects[0]?.body).toBe('b\nc\n');
  });

  for (const [marker, expected] of [
    ['E', ['a << E', 'substitution: b «$c»', 'substitution: d']],
    ["'E'", ['a << E']],
    ['"E"', ['a << E']],
    ['\\E', ['a << E']],
  ] as const) {
    test(`commands in the body of <<${marker}`, () => {
      const { commands, certain } = read(`a <<${marker}\n$(b "$c") it's \`d\` "\nE\n`);
      expect(commands.map(show)).toEqual(expected);
      expect(certain).toBe(true);
    });
  }

  test('inside a substitution', () => {
    const { commands, certain } = read('x=$(cat <<E\n)\nE\n) y');
    expect(commands.map(({ name }) => name)).toEqual(['y', 'cat']);
    expect(commands[1]?.redirects[0]?.body).toBe(')\n');
    expect(certain).toBe(true);
  });

  test('backticks on the line do not end the wait for the body', () => {
    const { commands, certain } = read('a <<E `b`\nbody\nE\nc');
    expect(commands[0]?.redirects[0]?.body).toBe('body\n');
    expect(commands.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(certain).toBe(true);
  });
});

describe('heredocs outside the text', () => {
  const heredocs = [
    { name: 'A', body: 'one\n' },
    { name: 'B', body: 'two\n' },
  ];

  test('are given in order', () => {
    const { commands, certain } = read('cat <<A && cat <<"B" > x', { heredocs });
    expect(commands.map(({ redirects }) => redirects[0]?.body)).toEqual(['one\n', 'two\n']);
    expect(certain).toBe(true);
  });

  test('by name, where one is left out', () => {
    expect(read('cat <<B', { heredocs }).commands[0]?.redirects[0]?.body).toBe('two\n');
  });

  test('one that is not there is a doubt, and has no body', () => {
    const { commands, certain } = read('cat <<C', { heredocs });
    expect(commands[0]?.redirects[0]).not.toHaveProperty('body');
    expect(certain).toBe(false);
  });
});
