import { expect, test } from 'vitest';
import { dumpDockerfile } from '../../../src/read/dockerfile/dump.ts';
import { parseDockerfile } from '../../../src/read/dockerfile/parse.ts';

test.each([
  ['From  a AS b', '(from "a" "AS" "b")'],
  ['COPY --link --from=x a b', '(copy ["--link" "--from=x"] "a" "b")'],
  ['ENV a=1 b="2 3"', '(env "a" "1" "=" "b" "\\"2 3\\"" "=")'],
  ['LABEL a b c', '(label "a" "b c" "")'],
  ['ARG a b=', '(arg "a" "b=")'],
  ['CMD []', '(cmd)'],
  ['HEALTHCHECK --retries=1 CMD ["a"]', '(healthcheck ["--retries=1"] "CMD" "a")'],
  ['ONBUILD RUN x', '(onbuild (run "x"))'],
  ['WHAT is this', '(what "")'],
  ['USER 한\u00a0\u0001\u007f\t', '(user "한\\u00a0\\x01\\x7f")'],
])('%s', (text, dump) => {
  expect(dumpDockerfile(parseDockerfile(text))).toBe(dump);
});
