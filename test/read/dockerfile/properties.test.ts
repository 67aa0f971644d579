import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dumpDockerfile } from '../../../src/read/dockerfile/dump.ts';
import { parseDockerfile } from '../../../src/read/dockerfile/parse.ts';
import { printDockerfile } from '../../../src/read/dockerfile/print.ts';
import type { DockerfileTree, Instruction } from '../../../src/read/dockerfile/tree.ts';
import type { Span } from '../../../src/vocabulary/span.ts';

const fragments = fc.constantFrom(
  ...[
    'FROM ',
    'RUN ',
    'COPY ',
    'ADD ',
    'ENV ',
    'ARG ',
    'LABEL ',
    'ONBUILD ',
    'HEALTHCHECK ',
    'CMD ',
    'SHELL ',
    'VOLUME ',
  ],
  ...[
    '\n',
    '\r\n',
    '\\\n',
    '\\ \n',
    '`\n',
    '\n\n',
    '# c\n',
    '# escape=`\n',
    '# syntax=x\n',
    '\ufeff',
    '\t',
    ' ',
    '\u00a0',
  ],
  ...['<<E ', '<<-E', "<<'E'", '\nE\n', '["a", "b"]', '[1]', '[', ']', '"', "'", '\\', '`', '$x', '${x:-y}', '${', '='],
  ...['--from=a ', '--link ', '-- ', '--mount=type=cache', 'a=b', 'a', 'NONE', 'CMD', 'AS b', '😀', '\ud800', '\0'],
);
const dockerfiles = fc.oneof(
  fc.array(fragments, { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

function spansOf(instruction: Instruction): Span[] {
  return [
    instruction.keywordSpan,
    ...instruction.flags.flatMap(({ span, valueSpan }) => (valueSpan ? [span, valueSpan] : [span])),
    ...instruction.words.map((word) => word.span),
    ...instruction.pairs.flatMap(({ span, keySpan, valueSpan }) => [span, keySpan, ...(valueSpan ? [valueSpan] : [])]),
    ...instruction.heredocs.flatMap(({ bodySpan, markerSpan }) => [bodySpan, markerSpan]),
    instruction.body.span(0, instruction.body.text.length),
    ...(instruction.trigger ? [instruction.trigger.span, ...spansOf(instruction.trigger)] : []),
  ];
}

function forAll(check: (tree: DockerfileTree, text: string) => void): void {
  fc.assert(
    fc.property(dockerfiles, (text) => {
      check(parseDockerfile(text), text);
    }),
    { numRuns: 3_000 },
  );
}

describe('of any text', () => {
  test('printing gives back what was read', () => {
    forAll((tree, text) => {
      expect(printDockerfile(tree)).toBe(text);
    });
  });

  test('pieces follow each other without a gap', () => {
    forAll((tree, text) => {
      let at = 0;
      for (const { span } of tree.pieces) {
        expect(span.start).toBe(at);
        expect(span.end).toBeGreaterThan(at);
        at = span.end;
      }
      expect(at).toBe(text.length);
    });
  });

  test('every span lies inside its instruction, and every fault inside the file', () => {
    forAll((tree, text) => {
      for (const instruction of tree.instructions) {
        for (const span of spansOf(instruction)) {
          expect(span.start).toBeGreaterThanOrEqual(instruction.span.start);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(instruction.span.end);
        }
      }
      for (const { span } of tree.faults) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
    });
  });

  test('a word is what its span shows, where nothing is decoded and no line is continued', () => {
    forAll((tree, text) => {
      for (const { form, words, written } of tree.instructions) {
        expect(written).not.toBe('');
        for (const word of form === 'shell' ? words : []) {
          const shown = text.slice(word.span.start, word.span.end);
          if (!shown.includes('\n')) expect(shown).toBe(word.text);
        }
      }
    });
  });

  test('the joined text is made of the characters it points at', () => {
    forAll((tree, text) => {
      for (const { body } of tree.instructions) {
        for (let index = 0; index < body.text.length; index++) expect(text[body.at(index)]).toBe(body.text[index]);
      }
    });
  });

  test('dumping never throws', () => {
    forAll((tree) => {
      expect(dumpDockerfile(tree)).toBeTypeOf('string');
    });
  });
});

describe('in time that grows with the length', () => {
  test.each([
    ['continued lines', `RUN x${' \\\n y'.repeat(100_000)}`],
    ['blank continued lines', `RUN x \\\n${'\n'.repeat(200_000)}`],
    ['one long list', `COPY ${'ab '.repeat(300_000)}`],
    ['quotes', `ENV a=${'"'.repeat(500_001)}`],
    ['flags', `RUN ${'--a=b '.repeat(100_000)}`],
    ['heredocs', `RUN ${'<<E '.repeat(100_000)}`],
    ['open brackets', `RUN ${'['.repeat(500_000)}`],
    ['triggers', 'ONBUILD '.repeat(100_000)],
    ['substitutions', `RUN <<${'${a:-'.repeat(100_000)}`],
  ])('%s', (_, text) => {
    const start = performance.now();
    const tree = parseDockerfile(`FROM a\n${text}\n`);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(tree.instructions).toHaveLength(2);
  });
});
