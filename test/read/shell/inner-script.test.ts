import { describe, expect, test } from 'vitest';
import { commandFromArguments } from '../../../src/read/shell/from-arguments.ts';
import { innerScript } from '../../../src/read/shell/inner-script.ts';
import { parseShell } from '../../../src/read/shell/parse.ts';
import { read } from './show.ts';

const inside = (text: string) => {
  const [command] = read(text).commands;
  return command && innerScript(command);
};

for (const [text, shell, script, literal] of [
  [`sh -c 'a && b'`, 'sh', 'a && b', true],
  [`/bin/bash -lc "a \\"b\\""`, 'bash', 'a "b"', true],
  [`bash -euo pipefail -c 'a'`, 'bash', 'a', true],
  [`bash -c -e 'a' name arg`, 'bash', 'a', true],
  [`bash --norc -o pipefail +x -c -- 'a'`, 'bash', 'a', true],
  [`sudo -E sh -c 'a'`, 'sh', 'a', true],
  [`sh -c "a $b"`, 'sh', 'a $b', false],
  [`su app -c 'a b'`, 'su', 'a b', true],
  [`su - app --command='a b'`, 'su', 'a b', true],
  [`eval 'a; b'`, 'eval', 'a; b', true],
] as const) {
  test(text, () => expect(inside(text)).toMatchObject({ shell, text: script, literal }));
}

for (const text of [
  'sh script.sh',
  'sh script.sh -c x',
  'sh',
  'sh -c',
  'bash -x',
  'su app',
  'echo -c x',
  'eval a b',
  '"$x" -c y',
]) {
  test(`${text}: none`, () => expect(inside(text)).toBeUndefined());
}

describe('places of commands inside', () => {
  const placesIn = (text: string): string[] => {
    const script = inside(text);
    if (!script) return [];
    return parseShell(script.text, script.where).commands.flatMap(({ words }) =>
      words.map(({ span }) => text.slice(span.start, span.end)),
    );
  };
  test('single quotes', () => expect(placesIn(`sh -c 'aa bb && cc'`)).toEqual(['aa', 'bb', 'cc']));
  test('double quotes with escapes', () =>
    expect(placesIn(`sh -c "aa \\"b b\\" cc"`)).toEqual(['aa', '"b b\\"', 'cc']));
  test('an option with its value', () => expect(placesIn(`su x --command='aa bb'`)).toEqual(['aa', 'bb']));
  test('two levels', () => {
    const text = `sh -c 'sh -c "aa bb"'`;
    const outer = inside(text);
    const [command] = parseShell(outer?.text ?? '', outer?.where ?? (() => ({ file: '', start: 0, end: 0 }))).commands;
    const inner = command && innerScript(command);
    expect(inner?.text).toBe('aa bb');
    const span = inner?.where(3, 5);
    expect(text.slice(span?.start, span?.end)).toBe('bb');
  });

  test('a JSON string with nothing escaped in it, and one with', () => {
    const text = 'CMD ["sh", "-c", "aa bb"]';
    const argument = (word: string, from = text) => ({
      text: word,
      span: { file: 'Dockerfile', start: from.indexOf(`"${word}"`), end: from.indexOf(`"${word}"`) + word.length + 2 },
    });
    const script = innerScript(commandFromArguments(['sh', '-c', 'aa bb'].map((word) => argument(word))));
    const place = script?.where(3, 5);
    expect(text.slice(place?.start, place?.end)).toBe('bb');

    const escaped = { text: 'a "b"', span: { file: 'Dockerfile', start: 17, end: 26 } };
    const whole = innerScript(commandFromArguments([argument('sh'), argument('-c'), escaped]));
    expect(whole?.where(2, 3)).toEqual(escaped.span);
  });
});
