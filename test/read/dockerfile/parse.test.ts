import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../../../src/read/dockerfile/parse.ts';
import type { Instruction } from '../../../src/read/dockerfile/tree.ts';
import type { Span } from '../../../src/vocabulary/span.ts';

function only(text: string): Instruction {
  const { instructions } = parseDockerfile(text);
  expect(instructions).toHaveLength(1);
  return instructions[0] as Instruction;
}

const cut = (text: string, span: Span | undefined): string | undefined => span && text.slice(span.start, span.end);

describe('lines', () => {
  test('continuation lines join without their line ends, and every character knows its place', () => {
    const text = 'RUN apt-get update \\\n  && apt-get upgrade\n';
    const run = only(text);
    expect(run.body.text).toBe('apt-get update   && apt-get upgrade');
    const at = run.body.text.indexOf('&&');
    expect(text.slice(run.body.at(at)).startsWith('&& apt-get upgrade')).toBe(true);
    expect(cut(text, run.body.span(0, 7))).toBe('apt-get');
    expect(cut(text, run.span)).toBe(text.trimEnd());
  });

  test('a span that ends where a line is continued does not reach into the next line', () => {
    const text = 'RUN one\\\ntwo';
    const { body } = only(text);
    expect(body.text).toBe('onetwo');
    expect(body.span(0, 3)).toEqual({ file: 'Dockerfile', start: 4, end: 7 });
    expect(body.at(3)).toBe(9);
    expect(body.at(body.text.length)).toBe(text.length);
  });

  test('blanks may follow the escape character, an escaped one does not continue', () => {
    expect(only('RUN a \\ \t\n b').body.text).toBe('a  b');
    const tree = parseDockerfile('FROM a\nRUN echo \\\\\nUSER me');
    expect(tree.instructions.map(({ keyword }) => keyword)).toEqual(['FROM', 'RUN', 'USER']);
  });

  test('comments and blank lines inside an instruction are no part of it; blank ones are warned of', () => {
    const text = '# above\nRUN a \\\n# between\n\n  # and again\n  b\n';
    const tree = parseDockerfile(text);
    expect(tree.instructions[0]?.body.text).toBe('a   b');
    expect(tree.instructions[0]?.comments.map((comment) => comment.text)).toEqual(['above', 'between', 'and again']);
    expect(tree.faults.filter((fault) => !fault.refused).map((fault) => fault.code)).toEqual(['empty-continuation']);
  });

  test('a blank line parts a comment from the instruction below', () => {
    const [, user] = parseDockerfile('FROM a\n# of nothing\n\n# of USER\nUSER me').instructions;
    expect(user?.comments.map((comment) => comment.text)).toEqual(['of USER']);
  });

  test('a continuation may meet the end of the file', () => {
    expect(only('RUN something \\').body.text).toBe('something');
    expect(only('RUN something \\\n').words[0]?.text).toBe('something');
  });

  test('CRLF, a byte order mark and leading blanks', () => {
    const text = '\ufeff  FROM a\r\nRUN b \\\r\n c\r\n';
    const tree = parseDockerfile(text);
    expect(tree.faults).toEqual([]);
    expect(tree.pieces.map((piece) => piece.kind)).toEqual(['bom', 'instruction', 'instruction']);
    expect(tree.instructions.map(({ body }) => body.text)).toEqual(['a', 'b  c']);
    expect(cut(text, tree.instructions[0]?.span)).toBe('FROM a');
  });
});

describe('forms', () => {
  test.each([
    ['RUN ["a", "b c"]', 'exec', ['a', 'b c']],
    ['RUN [ -f x ] && y', 'shell', ['[ -f x ] && y']],
    ["RUN ['a']", 'shell', ["['a']"]],
    ['CMD []', 'exec', []],
    ['COPY ["a b", "/c d/"]', 'exec', ['a b', '/c d/']],
    ['COPY a  b\tc', 'shell', ['a', 'b', 'c']],
    ['HEALTHCHECK CMD ["a", "b"]', 'exec', ['CMD', 'a', 'b']],
    ['HEALTHCHECK --retries=3 CMD a  b', 'shell', ['CMD', 'a  b']],
    ['HEALTHCHECK NONE', 'shell', ['NONE']],
    ['USER me:us', 'shell', ['me:us']],
    ['WORKDIR /a b', 'shell', ['/a b']],
    ['EXPOSE 80 443/tcp', 'shell', ['80', '443/tcp']],
  ])('%s', (text, form, words) => {
    const instruction = only(text);
    expect(instruction.form).toBe(form);
    expect(instruction.words.map((word) => word.text)).toEqual(words);
  });

  test('words of the exec form point between their quotes', () => {
    const text = 'CMD [ "one", "t\\"wo" ]';
    expect(only(text).words.map((word) => cut(text, word.span))).toEqual(['one', 't\\"wo']);
  });
});

describe('flags', () => {
  test('name, value and where both stand', () => {
    const text = 'COPY --from=build --link --chown="a b" x y';
    const { flags, words } = only(text);
    expect(flags.map(({ name, value }) => [name, value])).toEqual([
      ['from', 'build'],
      ['link', undefined],
      ['chown', 'a b'],
    ]);
    expect(flags.map((flag) => cut(text, flag.span))).toEqual(['--from=build', '--link', '--chown="a b"']);
    expect(flags.map((flag) => cut(text, flag.valueSpan))).toEqual(['build', undefined, '"a b"']);
    expect(words.map((word) => word.text)).toEqual(['x', 'y']);
  });

  test('a bare -- ends them, and a single dash begins an argument', () => {
    expect(only('COPY -- --a b').words.map((word) => word.text)).toEqual(['--a', 'b']);
    expect(only('RUN -x --y').body.text).toBe('-x --y');
  });
});

describe('pairs', () => {
  test('quotes hold a value together and stay in it', () => {
    const text = 'ENV a="1 2" b=3\\ 4 c=\'5 6\'7';
    const { pairs } = only(text);
    expect(pairs.map(({ key, value }) => [key, value])).toEqual([
      ['a', '"1 2"'],
      ['b', '3\\ 4'],
      ['c', "'5 6'7"],
    ]);
    expect(pairs.map((pair) => cut(text, pair.valueSpan))).toEqual(['"1 2"', '3\\ 4', "'5 6'7"]);
  });

  test('without = in its first word the rest of the line is one value', () => {
    const [pair, ...more] = only('ENV key some = value').pairs;
    expect(more).toEqual([]);
    expect(pair).toMatchObject({ key: 'key', value: 'some = value', separator: ' ' });
  });

  test('ARG takes several, with and without default', () => {
    expect(only('ARG a b=1 c=').pairs.map(({ key, value, separator }) => [key, value, separator])).toEqual([
      ['a', undefined, ''],
      ['b', '1', '='],
      ['c', '', '='],
    ]);
  });

  test('the backtick escapes where the directive says so', () => {
    const tree = parseDockerfile('# escape=`\nFROM a\nENV b=C:\\d` e\nRUN x `\n y');
    expect(tree.instructions[1]?.pairs.map((pair) => pair.value)).toEqual(['C:\\d` e']);
    expect(tree.instructions[2]?.body.text).toBe('x  y');
  });
});

test('ONBUILD holds another instruction with places of its own', () => {
  const text = 'ONBUILD COPY --from=x a \\\n b';
  const { trigger } = only(text);
  expect(trigger?.keyword).toBe('COPY');
  expect(trigger?.flags[0]?.value).toBe('x');
  expect(trigger?.words.map((word) => cut(text, word.span))).toEqual(['a', 'b']);
  expect(cut(text, trigger?.span)).toBe('COPY --from=x a \\\n b');
});

describe('directives', () => {
  const names = (text: string): string[] =>
    parseDockerfile(text).directives.map(({ name, value }) => `${name}=${value}`);

  test('stand at the top, in any case, with blanks anywhere', () => {
    expect(names('# Syntax = docker/dockerfile:1 \n#ESCAPE=`\n  # check=skip=all;error=true\nFROM a')).toEqual([
      'syntax=docker/dockerfile:1',
      'escape=`',
      'check=skip=all;error=true',
    ]);
  });

  test.each([
    ['a blank line', '\n'],
    ['a comment', '# hello\n'],
    ['an unknown directive', '# unknown=1\n'],
    ['an instruction', 'FROM b\n'],
  ])('%s ends the zone', (_, text) => {
    expect(names(`# syntax=x\n${text}# escape=\`\nFROM a`)).toEqual(['syntax=x']);
  });

  test('are no comments of the instruction below', () => {
    const [from] = parseDockerfile('# syntax=x\nFROM a').instructions;
    expect(from?.comments).toEqual([]);
  });
});

test('a long line is read, and refused as Docker refuses it', () => {
  const codes = (text: string): string[] => parseDockerfile(text).faults.map((fault) => fault.code);
  const line = (bytes: number): string => `RUN ${'x'.repeat(bytes - 4)}`;
  expect(codes(`FROM a\n${line(65_535)}\n`)).toEqual([]);
  expect(codes(`FROM a\n${line(65_536)}\n`)).toEqual(['line-too-long']);
  expect(codes(`FROM a\n${line(65_536)}`)).toEqual(['line-too-long']);
  // Two bytes each in UTF-8.
  expect(codes(`FROM a\nRUN ${'é'.repeat(33_000)}`)).toEqual(['line-too-long']);
});
