import { describe, expect, test } from 'vitest';
import { Places } from '../../src/judge/places.ts';
import { project } from '../model/reading.ts';

/** Where the finding places `word` of the first service's Dockerfile, as `line:column` and the text found there. */
function placeOf(compose: string, word: string): string {
  const read = project({ 'compose.yaml': compose });
  const [dockerfile] = read.dockerfiles;
  const start = dockerfile!.source.text.indexOf(word);
  const { file, span } = new Places(read).place({ file: dockerfile!.file, start, end: start + word.length });
  return `${file}:${span.start.line}:${span.start.column} ${compose.slice(span.start.offset, span.end.offset)}`;
}

const inline = (text: string) => `services:\n  a:\n    build:\n      dockerfile_inline: ${text}`;

describe('a Dockerfile inside a Compose file is pointed at where it stands', () => {
  test.each([
    ['a block', '|\n        FROM alpine\n        USER app\n', 'compose.yaml:6:14 app'],
    ['a block without its last line end', '|-\n        FROM alpine\n        USER app\n', 'compose.yaml:6:14 app'],
    ['a block with an indent of its own', '|2\n        FROM alpine\n        USER app\n', 'compose.yaml:6:14 app'],
    [
      'after a line that is indented more',
      '|\n        FROM alpine\n        RUN a \\\n          && b\n        USER app\n',
      'compose.yaml:8:14 app',
    ],
    [
      'after an escaped dollar sign',
      '|\n        FROM alpine\n        ENV A=$$B C=$${D}\n        USER app\n',
      'compose.yaml:7:14 app',
    ],
  ])('%s', (_, text, place) => {
    expect(placeOf(inline(text), 'app')).toBe(place);
  });

  test('behind a dollar sign on its own line it is right within that line', () => {
    expect(placeOf(inline('|\n        FROM alpine\n        ENV A=$$B NAME=app\n'), 'NAME')).toMatch(
      /^compose\.yaml:6:\d+ /,
    );
  });

  test('a quoted text is pointed at as a whole', () => {
    expect(placeOf(inline('"FROM alpine\\nUSER app"\n'), 'app')).toBe('compose.yaml:4:26 "FROM alpine\\nUSER app"');
  });

  test('a folded text is pointed at as a whole', () => {
    expect(placeOf(inline('>\n        FROM alpine\n\n        USER app\n'), 'app')).toMatch(/^compose\.yaml:4:26 >/);
  });
});

test('an unknown file is pointed at its beginning', () => {
  const places = new Places(project({}));
  expect(places.place({ file: 'nowhere', start: 5, end: 9 })).toEqual({
    file: 'nowhere',
    span: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } },
  });
});

test('origins in words', () => {
  const places = new Places(project({ Dockerfile: 'FROM a\nUSER b\n' }));
  const fact = { value: 1, sure: 'certain' } as const;
  expect(places.originOf({ ...fact, from: { kind: 'file', span: { file: 'Dockerfile', start: 7, end: 8 } } })).toBe(
    'Dockerfile:2',
  );
  expect(places.originOf({ ...fact, from: { kind: 'base-image', image: 'node:22' } })).toBe('node:22 (base image)');
  expect(places.originOf({ ...fact, from: { kind: 'docker-default', because: 'x' } })).toBe("Docker's default (x)");
});
