import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../src/report/cells.ts';
import { excerptOf } from '../../src/report/excerpt.ts';

function spanOf(start: number, end: number, line = 2, endLine = line) {
  return { start: { line, column: start + 1, offset: 0 }, end: { line: endLine, column: end + 1, offset: 0 } };
}

/** The excerpt of a line around `words`, as two rows: text and underline. */
function rows(line: string, words: string, room = 40): string[] {
  const start = line.indexOf(words);
  const excerpt = excerptOf(line, spanOf(start, start + words.length), room, '…');
  return excerpt ? [excerpt.text, ' '.repeat(excerpt.indent) + '^'.repeat(excerpt.marks)] : [];
}

describe('a line that fits', () => {
  test('is shown whole, the span underlined', () => {
    expect(rows('USER root', 'root')).toEqual(['USER root', '     ^^^^']);
  });

  test('tabs become blanks up to the next stop of four', () => {
    expect(rows('\tRUN\tx\tmake', 'make')).toEqual(['    RUN x   make', '            ^^^^']);
  });

  test('wide characters take two cells, combining ones none', () => {
    expect(rows('# 漢字 e\u0301 here', 'here')).toEqual(['# 漢字 e\u0301 here', '         ^^^^']);
    expect(rows('LABEL a=🚢 b=字', '🚢')).toEqual(['LABEL a=🚢 b=字', '        ^^']);
  });

  test('control and direction characters are escaped, and the underline keeps its place', () => {
    expect(rows('a\u001b[31mb \u202ered', 'red')).toEqual(['a\\x1b[31mb \\u202ered', '                 ^^^']);
    expect(rows('x\u009b2Jy', '\u009b')).toEqual(['x\\x9b2Jy', ' ^^^^']);
  });

  test('its line end is no part of it', () => {
    expect(rows('USER root\r', 'root\r')).toEqual(['USER root', '     ^^^^']);
  });

  test('a byte order mark is not shown', () => {
    const excerpt = excerptOf('\ufeffFROM node', spanOf(6, 10, 1), 40, '…');
    expect(excerpt).toEqual({ text: 'FROM node', indent: 5, marks: 4, untilLine: undefined });
  });

  test('an insertion point is one mark, also behind the last character', () => {
    expect(excerptOf('a: b', spanOf(4, 4), 40, '…')).toEqual({
      text: 'a: b',
      indent: 4,
      marks: 1,
      untilLine: undefined,
    });
  });

  test('a span over several lines is underlined to the end of the first', () => {
    const excerpt = excerptOf('RUN a \\', spanOf(0, 3, 4, 9), 40, '…');
    expect(excerpt).toEqual({ text: 'RUN a \\', indent: 0, marks: 7, untilLine: 9 });
  });

  test('a blank or missing line shows nothing', () => {
    expect(excerptOf('', spanOf(0, 0), 40, '…')).toBeUndefined();
    expect(excerptOf('  \t\r', spanOf(0, 1), 40, '…')).toBeUndefined();
  });
});

describe('a line that does not fit', () => {
  test('loses its end when the span is near the beginning', () => {
    expect(rows(`image: nginx ${'#'.repeat(60)}`, 'nginx', 20)).toEqual(['image: nginx ######…', '       ^^^^^']);
  });

  test('loses both ends around a span in the middle, also at column 5,000', () => {
    const line = `${'a'.repeat(5000)}HERE${'b'.repeat(5000)}`;
    expect(rows(line, 'HERE', 24)).toEqual(['…aaaaaaaaaHEREbbbbbbbbb…', '          ^^^^']);
  });

  test('loses its beginning only when the span is at its end', () => {
    expect(rows(`${'a'.repeat(100)} END`, 'END', 20)).toEqual([`…${'a'.repeat(15)} END`, '                 ^^^']);
  });

  test('a span longer than the room is cut itself', () => {
    expect(rows(`RUN ${'x'.repeat(5000)}`, 'x'.repeat(5000), 16)).toEqual(['RUN xxxxxxxxxxx…', '    ^^^^^^^^^^^']);
  });

  test('a span longer than the room, far to the right, keeps a little of what is before it', () => {
    expect(rows(`RUN ${'y'.repeat(90)}${'x'.repeat(5000)}`, 'x'.repeat(5000), 16)).toEqual([
      '…yyxxxxxxxxxxxx…',
      '   ^^^^^^^^^^^^',
    ]);
  });

  test('pairs of surrogates are never halved', () => {
    const excerpt = excerptOf('🚢'.repeat(300), spanOf(301, 302), 21, '…');
    expect(excerpt?.text).toMatch(/^…(🚢)+…$/u);
  });
});

describe('a masked secret', () => {
  test('is underlined as far as its word goes, since the span was measured on the real text', () => {
    const excerpt = excerptOf('PASSWORD: "***" # demo', spanOf(10, 30), 40, '…');
    expect(excerpt).toMatchObject({ text: 'PASSWORD: "***" # demo', indent: 10, marks: 5 });
  });

  test('before the span means that we cannot tell what to underline', () => {
    expect(excerptOf('ENV A=*** B=2', spanOf(20, 23), 40, '…')?.marks).toBe(0);
  });
});

test('whatever the line and span: it fits the room, shows no control character, and the underline lies in it', () => {
  const character = fc.oneof(
    fc.constantFrom('a', ' ', '\t', '漢', '🚢', '\u001b', '\u202e', '\u0301', '\ud83d', '***'),
    fc.string({ maxLength: 3, unit: 'binary' }),
  );
  const lines = fc.array(character, { maxLength: 300 }).map((parts) => parts.join('').replaceAll('\n', ''));
  fc.assert(
    fc.property(lines, fc.nat(400), fc.nat(400), fc.integer({ min: 20, max: 120 }), (line, start, size, room) => {
      const excerpt = excerptOf(line, spanOf(start, start + size), room, '…');
      if (!excerpt) return;
      expect(cellsOf(excerpt.text)).toBeLessThanOrEqual(room);
      expect(excerpt.text).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e]/u);
      expect(excerpt.indent + excerpt.marks).toBeLessThanOrEqual(Math.max(cellsOf(excerpt.text) + 1, 1));
    }),
    { numRuns: 500 },
  );
});

test('a line of 20 MB costs no more than its surroundings', () => {
  const line = 'x'.repeat(20_000_000);
  const began = performance.now();
  for (let round = 0; round < 200; round += 1) excerptOf(line, spanOf(10_000_000, 19_000_000), 74, '…');
  expect(performance.now() - began).toBeLessThan(1000);
});
