import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canaryFor, formsOf } from '../../../src/drills/secrets/canary.ts';

describe('a canary has the shape of the secret', () => {
  test.each<[string, string, RegExp]>([
    ['a password', 'Sup3r-Secret!', /^[A-Z][a-z]{2}\d[a-z]-[A-Z][a-z]{5}!$/],
    ['hexadecimal', '9f86d081884c7d659a2feaa0', /^[0-9a-f]{24}$/],
    ['a UUID', '6f2c91d0-7ab3-4e58-9c1d-0a2b3c4d5e6f', /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/],
    ['digits', '48151623421111', /^[1-9]{14}$/],
    ['the prefix of an issuer', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc', /^sk_live_[A-Za-z0-9]{24}$/],
    ['base64', 'c2VjcmV0c2VjcmV0c2VjcmV0cw==', /^[A-Za-z0-9]{26}==$/],
    ['a short one is longer', 'abc', /^[a-z]{12}$/],
    ['an empty one', '', /^$/],
  ])('%s', (_, secret, shape) => {
    expect(canaryFor(secret)).toMatch(shape);
  });

  test('and is not the secret', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{12,40}$/), (secret) => {
        expect(canaryFor(secret)).not.toBe(secret);
      }),
    );
  });
});

test('it is found as it is, in an address, in JSON, and wherever it stands in base64', () => {
  const text = fc.string({ minLength: 12, maxLength: 60 });
  fc.assert(
    fc.property(text, fc.string(), fc.string(), (secret, before, after) => {
      const forms = formsOf(secret);
      const isFound = (place: string) => forms.some((form) => place.includes(form));
      expect(isFound(`${before}${secret}${after}`)).toBe(true);
      expect(isFound(JSON.stringify(`${before}${secret}${after}`))).toBe(true);
      if (secret.length >= 16) expect(isFound(Buffer.from(`${before}${secret}${after}`).toString('base64'))).toBe(true);
    }),
  );
});
