import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../../../src/read/dockerfile/parse.ts';

/** Text, code, and the part of the text the fault points at. */
const afterFrom: readonly (readonly [text: string, code: string, at: string])[] = [
  ['RNU x', 'unknown-instruction', 'RNU'],
  ['COPY a', 'missing-destination', 'COPY'],
  ['ADD', 'missing-destination', 'ADD'],
  ['COPY a <<EOF\nEOF', 'heredoc-destination', '<<EOF'],
  ['ENV', 'missing-argument', 'ENV'],
  ['ENV A', 'missing-value', 'A'],
  ['ENV A=1 B', 'missing-equals', 'B'],
  ['ENV =1', 'blank-name', '=1'],
  ['LABEL a', 'missing-value', 'a'],
  ['ARG', 'missing-argument', 'ARG'],
  ['ARG =x', 'blank-name', '=x'],
  ['EXPOSE', 'missing-argument', 'EXPOSE'],
  ['USER', 'missing-argument', 'USER'],
  ['STOPSIGNAL', 'missing-argument', 'STOPSIGNAL'],
  ['WORKDIR ', 'missing-argument', 'WORKDIR'],
  ['VOLUME', 'missing-argument', 'VOLUME'],
  ['VOLUME ["a", " "]', 'empty-volume', ' '],
  ['CMD ["a", 1]', 'json-not-strings', '["a", 1]'],
  ['CMD ["a", ["b"]]', 'json-not-strings', '["a", ["b"]]'],
  ['SHELL sh -c', 'shell-not-json', 'SHELL'],
  ['SHELL []', 'missing-argument', 'SHELL'],
  ['RUN <<EOF\nls', 'unterminated-heredoc', '<<EOF'],
  ['RUN --mont=type=cache x', 'unknown-flag', '--mont=type=cache'],
  ['USER --x me', 'unknown-flag', '--x'],
  ['COPY --from=a --from=b c d', 'duplicate-flag', '--from=b'],
  ['COPY --from a b c', 'flag-without-value', '--from'],
  ['COPY --link= a b', 'flag-without-value', '--link='],
  ['COPY --link=yes a b', 'flag-not-boolean', 'yes'],
  ['RUN --network=bridge x', 'invalid-network', 'bridge'],
  ['RUN --security=none x', 'invalid-security', 'none'],
  ['RUN --mount=type=cach,target=/x y', 'invalid-mount', 'type=cach,target=/x'],
  ['RUN --mount=type=bind,from=$X,target=/x y', 'invalid-mount', 'type=bind,from=$X,target=/x'],
  ['RUN --mount=cache y', 'invalid-mount', 'cache'],
  ['HEALTHCHECK', 'missing-argument', 'HEALTHCHECK'],
  ['HEALTHCHECK CMD', 'healthcheck-no-command', 'CMD'],
  ['HEALTHCHECK CMD []', 'healthcheck-no-command', 'CMD'],
  ['HEALTHCHECK curl x', 'unknown-healthcheck-type', 'curl'],
  ['HEALTHCHECK NONE x', 'healthcheck-none-arguments', 'x'],
  ['HEALTHCHECK --interval=5 CMD x', 'invalid-duration', '5'],
  ['HEALTHCHECK --interval=1us CMD x', 'invalid-duration', '1us'],
  ['HEALTHCHECK --timeout=-3s CMD x', 'invalid-duration', '-3s'],
  ['HEALTHCHECK --retries=-1 CMD x', 'invalid-retries', '-1'],
  ['HEALTHCHECK --retries=3.5 CMD x', 'invalid-retries', '3.5'],
  ['ONBUILD', 'missing-argument', 'ONBUILD'],
  ['ONBUILD ONBUILD RUN x', 'onbuild-chain', 'ONBUILD'],
  ['ONBUILD FROM x', 'onbuild-trigger', 'FROM'],
  ['ONBUILD maintainer x', 'onbuild-trigger', 'maintainer'],
  ['FROM', 'malformed-from', 'FROM'],
  ['FROM a AS', 'malformed-from', 'FROM'],
  ['FROM a b', 'malformed-from', 'FROM'],
  ['FROM a TO b', 'malformed-from', 'FROM'],
  ['FROM a AS 1b', 'invalid-stage-name', '1b'],
  ['FROM a AS b/c', 'invalid-stage-name', 'b/c'],
  ['\\\n', 'empty-instruction', '\\'],
];

describe('after a FROM', () => {
  test.each(afterFrom)('%j', (text, code, at) => {
    const whole = `FROM scratch\n${text}`;
    const refused = parseDockerfile(whole).faults.filter((fault) => fault.refused);
    expect(refused.map((fault) => [fault.code, whole.slice(fault.span.start, fault.span.end)])).toEqual([[code, at]]);
  });
});

describe('the whole file', () => {
  test.each([
    ['', ['no-instructions']],
    ['# only\n\n# comments\n', ['no-instructions']],
    ['RUN x\nUSER y\nFROM z', ['no-stage-yet']],
    ['ARG a', ['no-stage']],
    ['# escape=x\nFROM a', ['invalid-escape-directive']],
    ['# syntax=a\n# syntax=b\nFROM a', ['duplicate-directive']],
    ['ARG v=1\nFROM a:$v', []],
  ])('%j', (text, codes) => {
    expect(parseDockerfile(text).faults.map((fault) => fault.code)).toEqual(codes);
  });
});

describe('what BuildKit takes', () => {
  test.each([
    'FROM a as Build-1.x_y',
    'CMD',
    'ENTRYPOINT []',
    'HEALTHCHECK --interval=0 --timeout=1m30s --start-period=.5h --retries=0 CMD x',
    'HEALTHCHECK --wrong=1 NONE',
    'healthcheck none',
    'STOPSIGNAL --x SIGTERM',
    'COPY --from= --link=FALSE --exclude=a --exclude=b c d',
    'RUN --mount=type=cache,target=/a --mount="type=secret,id=b" x',
    'RUN --mount=type=$T,target=/a x',
    'RUN --mount=type=bind,\\"target=/a,b\\",ro x',
    'VOLUME ""',
    'EXPOSE $PORT',
    'LABEL a=',
    'ONBUILD RUN x',
    'ADD --checksum=sha256:1 --keep-git-dir --unpack=true a b',
  ])('%s', (text) => {
    expect(parseDockerfile(`FROM scratch\n${text}`).faults).toEqual([]);
  });
});

test('what is wrong with a trigger does not refuse this build', () => {
  const { faults } = parseDockerfile('FROM a\nONBUILD COPY x');
  expect(faults.map(({ code, refused }) => [code, refused])).toEqual([['missing-destination', false]]);
});

test.each([
  ['RNU', 'RUN'],
  ['FORM', 'FROM'],
  ['ENTRYPOIT', 'ENTRYPOINT'],
  ['copyy', 'COPY'],
])('%s suggests %s', (written, meant) => {
  expect(parseDockerfile(`FROM a\n${written} x`).faults[0]?.message).toContain(`did you mean ${meant}?`);
});

test('a word far from any instruction gets no suggestion', () => {
  expect(parseDockerfile('FROM a\nGRANT x').faults[0]?.message).toBe('Unknown instruction: GRANT');
});

test('values never appear in messages', () => {
  const text =
    'FROM a\nENV A=1 hunter2secret\nHEALTHCHECK --interval=hunter2secret CMD x\nRUN --network=hunter2secret x';
  const { faults } = parseDockerfile(text);
  expect(faults).toHaveLength(3);
  for (const fault of faults) expect(fault.message).not.toContain('hunter2secret');
});
