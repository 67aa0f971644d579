import fc from 'fast-check';
import { expect, test } from 'vitest';
import { secretFormats } from '../../src/knowledge/secret-formats.ts';
import { knownSecret, secretValue } from '../../src/knowledge/secret-values.ts';

test('what only looks random is no known secret; an issuer’s form and a password in a URL are', () => {
  const random = 'q9X2mK7vT4bN8cJ1wR5zL3hP';
  expect(secretValue(random)?.kind).toBe('high-entropy');
  expect(knownSecret(random)).toBeUndefined();
  expect(knownSecret('postgres://app:Tr0ub4dor@db/app')?.kind).toBe('url-credentials');
  expect(knownSecret(`x ghp_${'aB3dE5fG7hJ9'.repeat(3)} y`)).toMatchObject({ kind: 'github-token', start: 2, end: 42 });
});

test('the one pattern that is tried first lets through whatever any form matches', () => {
  const forms = secretFormats.map(({ pattern }) => fc.stringMatching(asciiOnly(pattern)));
  fc.assert(
    fc.property(fc.oneof(...forms), (text) => {
      fc.pre(text.length >= 8);
      const matching = secretFormats.filter(({ pattern }) => pattern.test(text));
      const found = secretValue(text);
      // Made-up examples are passed over on purpose, so nothing need be found; what is found must be a form's.
      if (found && found.kind !== 'url-credentials' && found.kind !== 'high-entropy')
        expect(matching.map(({ kind }) => kind)).toContain(found.kind);
      expect(matching.length === 0 || found !== undefined || looksMadeUp(text)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

/** `stringMatching` knows no lookaround and no word boundary; the forms are as telling without. */
function asciiOnly(pattern: RegExp): RegExp {
  const source = pattern.source.replace(/\(\?[!=][^()]*\)/g, '').replace(/\\b/g, '');
  return new RegExp(source, pattern.flags.replace('i', ''));
}

function looksMadeUp(text: string): boolean {
  return /example|x{8}|\*{4}|\.{3}|your|my/i.test(text) || /(.)\1{9}/.test(text);
}
