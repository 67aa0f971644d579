import { expect, test } from 'vitest';
import { hardCodedSecret } from '../../src/knowledge/hard-coded-secret.ts';

const token = `ghp_${'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5'}`;

test.each([
  ['DB_PASSWORD', 'Sb6aSj89kd', 'plain-secret', 'likely', false],
  ['DB_PASSWORD', 'changeme', 'weak-password', 'certain', true],
  ['DB_PASSWORD', '123456', 'weak-password', 'certain', true],
  ['HERITRIX_PASSWORD', 'heritrix', 'weak-password', 'certain', true],
  ['ANYTHING', token, 'github-token', 'certain', false],
  ['PUBLIC_KEY', token, 'github-token', 'certain', false],
  ['DATABASE_URL', 'postgres://app:Sb6aSj89kd@db/app', 'url-credentials', 'certain', false],
  ['STRIPE_KEY', 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9b', 'high-entropy', 'guess', false],
])('%s=%s is a %s', (name, value, kind, confidence, weak) => {
  expect(hardCodedSecret(name, value)).toMatchObject({ kind, confidence, weak });
});

test.each([
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD', '${DB_PASSWORD}'],
  ['DB_PASSWORD', '/run/secrets/db'],
  ['DB_PASSWORD_FILE', 'Sb6aSj89kd'],
  ['API_KEY', '<your key>'],
  ['SECRET', 'false'],
  ['TOKEN', '0'],
  ['AUTH', 'basic'],
  ['SORT_KEY', 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9b'],
  ['GIT_COMMIT', '8f4b83d7f7da4c5cbb65a7afc24b6c6204f6b8f2'],
  ['NODE_ENV', 'production'],
])('%s=%s is none', (name, value) => expect(hardCodedSecret(name, value)).toBeUndefined());
