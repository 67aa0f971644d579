import { describe, expect, test } from 'vitest';
import { step, target } from '../reading.ts';

/** The commands of the last step, words joined; and the text their spans cover. */
function commands(lines: string) {
  const text = `FROM a\n${lines}\n`;
  const last = target(text).steps.at(-1)!;
  return {
    certain: last.certain,
    words: last.commands.map((command) => command.words.map((word) => word.text).join(' ')),
    covered: last.commands.map(({ span }) => text.slice(span.start, span.end)),
  };
}

test('shell form', () => {
  expect(commands('RUN apt-get update && apt-get install -y curl')).toEqual({
    certain: true,
    words: ['apt-get update', 'apt-get install -y curl'],
    covered: ['apt-get update', 'apt-get install -y curl'],
  });
});

test('exec form is one command, read by no shell', () => {
  const { words, certain } = commands('RUN ["echo", "$HOME && rm"]');
  expect(words).toEqual(['echo $HOME && rm']);
  expect(certain).toBe(true);
});

test('sh -c is opened', () => {
  expect(commands('RUN ["/bin/bash", "-ec", "make && make install"]').words).toEqual([
    '/bin/bash -ec make && make install',
    'make',
    'make install',
  ]);
  expect(commands("RUN sh -c 'a; b'").words).toEqual(['sh -c a; b', 'a', 'b']);
});

test('continuation lines', () => {
  expect(commands('RUN a \\\n  # why\n  && b').covered).toEqual(['a', 'b']);
});

describe('heredocs', () => {
  test('a bare one is the script', () => {
    expect(commands('RUN <<EOF\nset -e\napk add curl\nEOF')).toEqual({
      certain: true,
      words: ['set -e', 'apk add curl'],
      covered: ['set -e', 'apk add curl'],
    });
  });

  test('tabs taken off by <<- do not shift what is pointed at out of the body', () => {
    const { words, covered } = commands('RUN <<-EOF\n\tapk add curl\n\tEOF');
    expect(words).toEqual(['apk add curl']);
    expect(covered[0]).toContain('apk add curl');
  });

  test('a shebang of another language is no shell', () => {
    expect(commands('RUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF').words).not.toContain('import os');
  });

  test('a shebang of bash is', () => {
    expect(commands('RUN <<EOF\n#!/bin/bash -e\nmake\nEOF').words).toEqual(['make']);
  });

  test('given to a command are its input', () => {
    expect(commands('RUN python3 <<EOF\nimport os\nEOF').words).toEqual(['python3']);
  });

  test('two of them are files of their own', () => {
    expect(commands('RUN cat <<A <<B\none\nA\ntwo\nB').words).toEqual(['cat']);
  });
});

test('another shell is not guessed at', () => {
  const text = 'FROM a\nSHELL ["powershell", "-Command"]\nRUN Get-ChildItem | Remove-Item\n';
  expect(step(text, 1)).toMatchObject({ commands: [], certain: false });
});

test('exec form runs under any SHELL', () => {
  expect(commands('SHELL ["powershell", "-Command"]\nRUN ["cmd", "/c", "dir"]').words).toEqual(['cmd /c dir']);
});

test('CMD, ENTRYPOINT and the command of HEALTHCHECK are read too', () => {
  expect(commands('CMD node server.js').words).toEqual(['node server.js']);
  expect(commands('ENTRYPOINT ["tini", "--", "node"]').words).toEqual(['tini -- node']);
  expect(commands('HEALTHCHECK --interval=5s CMD curl -f http://localhost/ || exit 1')).toMatchObject({
    words: ['curl -f http://localhost/', 'exit 1'],
    covered: ['curl -f http://localhost/', 'exit 1'],
  });
  expect(commands('HEALTHCHECK CMD ["wget", "-q", "http://localhost/"]').words).toEqual(['wget -q http://localhost/']);
  expect(commands('HEALTHCHECK NONE').words).toEqual([]);
});

test('other instructions run nothing', () => {
  expect(commands('ENV A="$(rm -rf /)"').words).toEqual([]);
  expect(commands('COPY a b').words).toEqual([]);
});

test('broken shell gives what could be read', () => {
  const { words, certain } = commands("RUN apk add curl && echo 'open");
  expect(words[0]).toBe('apk add curl');
  expect(certain).toBe(false);
});

test('shell in shell in shell comes to an end', () => {
  let script = 'true';
  for (let depth = 0; depth < 12; depth++) script = `sh -c ${JSON.stringify(script)}`;
  expect(commands(`RUN ${script}`).words.length).toBeLessThan(8);
});

test('no more than a bounded number of commands is kept, and then not for certain', () => {
  const { words, certain } = commands(`RUN ${'a && '.repeat(9000)}b`);
  expect(words).toHaveLength(5000);
  expect(certain).toBe(false);
});

test.each([
  'RUN bash <<EOF\nmake\nEOF',
  'RUN <<EOF bash\nmake\nEOF',
  'RUN bash -ex -o pipefail <<EOF\nmake\nEOF',
  'RUN sudo sh -s <<EOF\nmake\nEOF',
])('a heredoc that a shell reads is its script: %j', (lines) => {
  const { words, covered } = commands(lines);
  expect(words.at(-1)).toBe('make');
  expect(covered.at(-1)).toBe('make');
});

test.each(['RUN python3 <<EOF\nmake\nEOF', 'RUN bash build.sh <<EOF\nmake\nEOF', "RUN bash -c 'cat' <<EOF\nmake\nEOF"])(
  'a heredoc that a program reads is not: %j',
  (lines) => {
    expect(commands(lines).words).not.toContain('make');
  },
);
