import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { innerScript } from '../../../src/read/shell/inner-script.ts';
import type { Script } from '../../../src/read/shell/tree.ts';
import { effectiveCommand } from '../../../src/read/shell/wrappers.ts';
import { read } from './show.ts';

const tokens = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        'b=',
        ' ',
        ' ',
        '\n',
        ';',
        ';;',
        '&',
        '&&',
        '|',
        '||',
        '(',
        ')',
        '((',
        '))',
        '{ ',
        ' }',
        '[[ ',
        ' ]]',
        '<',
        '>',
      ],
      ...[
        '<<E\n',
        '\nE\n',
        '"',
        "'",
        '`',
        '\\',
        '$',
        '$(',
        '$((',
        '${',
        '}',
        '#',
        '!',
        '=',
        'if ',
        ' then ',
        ' fi ',
        ' do ',
      ],
      ...[
        ' done ',
        'while ',
        'for x in ',
        'case x in ',
        ' esac',
        'f()',
        '@(',
        '<(',
        'a=(',
        "$'",
        '~',
        '*',
        '2>&1',
        'é😀',
      ],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

function checkSpans(text: string, { commands }: Script): void {
  let before = 0;
  for (const command of commands) {
    expect(command.span.start).toBeGreaterThanOrEqual(before);
    before = command.span.start;
    const parts = [...command.assignments, ...command.words, ...command.redirects].sort(
      (a, b) => a.span.start - b.span.start,
    );
    let at = command.span.start;
    for (const { span } of parts) {
      expect(span.start).toBeGreaterThanOrEqual(at);
      expect(span.end).toBeGreaterThan(span.start);
      at = span.end;
    }
    expect(command.span.end).toBeGreaterThanOrEqual(at);
    expect(command.span.end).toBeLessThanOrEqual(text.length);
    for (const { text: word, spanOf } of command.words) {
      const span = spanOf?.(0, word.length);
      if (span) expect([span.start >= 0, span.start <= span.end, span.end <= text.length]).toEqual([true, true, true]);
    }
  }
}

for (const [kind, texts] of [
  ['arbitrary strings', fc.string({ unit: 'binary' })],
  ['shell-like text', tokens],
] as const) {
  test(`${kind}: never throws, spans ascend and lie in the text`, () => {
    fc.assert(
      fc.property(texts, (text) => {
        const script = read(text);
        checkSpans(text, script);
        for (const command of script.commands) {
          expect(effectiveCommand(command).words.length).toBeLessThanOrEqual(command.words.length);
          innerScript(command);
        }
      }),
      { numRuns: 3000 },
    );
  });
}

test('found by chance: an arithmetic that is none is read again, in order', () => {
  const text = '((`))a\na';
  checkSpans(text, read(text));
});

test('what is quoted is read back', () => {
  const single = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const double = (text: string) => `"${text.replace(/[$`"\\]/g, '\\$&')}"`;
  const bare = (text: string) =>
    text === '' ? "''" : text.replace(/[\s\S]/g, (unit) => (unit === '\n' ? "'\n'" : `\\${unit}`));
  const quoted = fc.tuple(fc.string({ unit: 'binary' }), fc.constantFrom(single, double, bare));
  fc.assert(
    fc.property(fc.array(quoted, { minLength: 1, maxLength: 5 }), (words) => {
      const script = read(`x ${words.map(([text, quote]) => quote(text)).join(' ')}`);
      expect(script.certain).toBe(true);
      expect(script.commands[0]?.words.slice(1).map(({ text, literal }) => [text, literal])).toEqual(
        words.map(([text]) => [text, true]),
      );
    }),
    { numRuns: 1000 },
  );
});

describe('neither deep nor long text hurts', () => {
  const long = (part: string) => part.repeat(Math.ceil(300_000 / part.length));
  for (const part of [
    ...[
      '$(',
      '`',
      '"$(',
      '${x:-',
      '$((',
      '((',
      '(',
      '{ ',
      'if a; then ',
      'case x in a) ',
      'f() ',
      'a=(',
      '@(',
      '<(',
      '! ',
      'time ',
    ],
    ...[
      '`\\`',
      '<<E ',
      '$(a <<E\n',
      '\\\n',
      "'",
      '"',
      '`#a` ',
      'coproc ',
      '[[ ',
      '$((a) ',
      'a; ',
      'a[ ',
      '{a',
      ')',
      ';;',
      '$(case x in ',
    ],
  ]) {
    test(JSON.stringify(part), () => {
      const start = performance.now();
      read(long(part));
      // Each takes under half a second; what is quadratic takes a minute or more.
      expect(performance.now() - start).toBeLessThan(10_000);
    });
  }

  test('nesting as people write it is read', () => {
    const deep = `${'$('.repeat(40)}a${')'.repeat(40)}`;
    expect(read(deep)).toMatchObject({ certain: true });
    expect(read(deep).commands.at(-1)?.within.length).toBe(40);
  });
});
