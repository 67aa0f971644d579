import { expect, test } from 'vitest';
import { natureOfValue, type ValueNature } from '../../src/knowledge/value-nature.ts';

const cases: Readonly<Record<ValueNature, readonly string[]>> = {
  empty: ['', '  ', '${X:- }'],
  reference: ['$X', '${X}', '${X:?}', '$(cat f)', '{{ .Values.x }}', '%env(X)%', 'op://vault/item', '/run/secrets/x'],
  placeholder: [
    'xxx',
    '***',
    '...',
    '<your-key>',
    '**None**',
    'your-api-key',
    'null',
    'REPLACE_ME',
    'api-key-goes-here',
  ],
  boolean: ['true', 'No', 'enabled'],
  number: ['0', '3600', '15m', '-1'],
  path: ['/etc/app/key.pem', './secrets/key', '~/key', 'C:\\keys\\key'],
  url: ['https://example.com', 'ftp://example.com'],
  weak: [
    'changeme',
    'Passw0rd!',
    'P@ssw0rd',
    'root',
    'admin123',
    'aaaaaaaaaa',
    'my-secret-pw',
    'abc',
    '${X:-changeme}',
  ],
  set: [
    'Sb6aSj89',
    'correct horse battery',
    'a/b+c9Def==',
    '$2y$10$abcdefghijkl',
    '${X:-Sb6aSj89}',
    'p$$word-in-compose',
  ],
};

for (const [nature, values] of Object.entries(cases)) {
  test.each(values)(`%j is ${nature}`, (value) => expect(natureOfValue(value)).toBe(nature));
}
