import { expect, test } from 'vitest';
import { credentialsInUrl } from '../../src/knowledge/url-credentials.ts';

test.each([
  ['postgres://app:s3cr3tly@db:5432/app', 'app', 's3cr3tly', false],
  ['redis://:sesame-open@cache', '', 'sesame-open', false],
  ['amqp://guest:guest@rabbit', 'guest', 'guest', true],
  ['run --db=mysql://root:l0ng@en:ough@db/x?y=z://', 'root', 'l0ng@en:ough', false],
  ['https://a.example/ then mongodb+srv://u:longenough9@h', 'u', 'longenough9', false],
  ['root:longenough9@tcp(db:3306)/app', 'root', 'longenough9', false],
  ['${SCHEME}://${USER:-admin}:longenough9@h', '${USER:-admin}', 'longenough9', false],
])('%s', (value, user, password, weak) => {
  const found = credentialsInUrl(value);
  expect(found).toMatchObject({ user, password, weak });
  expect(value.slice(found?.start, found?.end)).toBe(password);
});

test.each([
  'postgres://db:5432/app',
  'postgres://app@db/app',
  'postgres://app:@db/app',
  'postgres://app:${DB_PASSWORD}@db/app',
  'postgres://app:$DB_PASSWORD@db/app',
  'postgres://user:<password>@db/app',
  'postgres://user:%s@db/app',
  'https://example.com/path:with@signs',
  'mailto:someone:x@example.com',
  'git@github.com:owner/repo.git',
])('%s has none', (value) => expect(credentialsInUrl(value)).toBeUndefined());

test('a default counts as written', () => {
  expect(credentialsInUrl('pg://a:${P:-longenough9}@h')).toMatchObject({ password: '${P:-longenough9}' });
});
