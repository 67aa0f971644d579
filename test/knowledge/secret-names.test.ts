import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretName } from '../../src/knowledge/secret-names.ts';

const words = (text: string) => text.trim().split(/\s+/);

describe('mean a secret', () => {
  test.each(
    words(`
      PASSWORD DB_PASSWORD POSTGRES_PASSWORD MYSQL_ROOT_PASSWORD dbPassword db-password spring.datasource.password
      PGPASSWORD SMTP_PASS REDIS_PASSWD KEY_PASSPHRASE SA_PASSWORD DB_PWD SECRET JWT_SECRET CLIENT_SECRET clientSecret
      DJANGO_SECRET_KEY SECRET_KEY_BASE AWS_SECRET_ACCESS_KEY API_KEY STRIPE_API_KEY apiKey APIKey OPENAI_APIKEY X-API-Key
      NPM_TOKEN GITHUB_TOKEN ACCESS_TOKEN accessToken BOT_TOKEN PRIVATE_KEY TLS_PRIVATE_KEY ENCRYPTION_KEY RAILS_MASTER_KEY
      SIGNING_KEY SESSION_KEY APP_KEY STORAGE_ACCOUNT_KEY GCP_CREDENTIALS DB_CREDS KEYSTORE_PASSWORD RABBITMQ_ERLANG_COOKIE
      DB_PASSWORD_PROD API_TOKEN_2 WALLET_MNEMONIC MINIO_ROOT_PASSWORD
    `),
  )('%s', (name) => expect(secretName(name)).toBe('yes'));
});

describe('may', () => {
  test.each(
    words(`
      REDIS_AUTH NEO4J_AUTH JWT KEY STRIPE_KEY SSH_KEYS SENTRY_DSN VAULT_SECRET_ID PASSWORD_HASH PASSWORD_SALT
      TOKEN_GITHUB PASS_SUPERVISOR
    `),
  )('%s', (name) => expect(secretName(name)).toBe('maybe'));
});

describe('only sound like it', () => {
  test.each(
    words(`
      POSTGRES_PASSWORD_FILE SECRET_PATH SSH_KEY_DIR SECRETS_DIR TOKEN_URL TOKEN_ENDPOINT PUBLIC_KEY SSH_PUBLIC_KEY
      NEXT_PUBLIC_API_KEY STRIPE_PUBLISHABLE_KEY RECAPTCHA_SITE_KEY AWS_ACCESS_KEY_ID KMS_KEY_ID CLIENT_ID AUTH_MODE
      AUTH_TYPE POSTGRES_HOST_AUTH_METHOD TOKEN_VERSION token_version tokenVersion TOKEN_TTL JWT_TOKEN_EXPIRES
      PASSWORD_MIN_LENGTH SECRET_NAME KEYSTORE_TYPE ALLOW_EMPTY_PASSWORD MYSQL_ALLOW_EMPTY_PASSWORD
      MYSQL_RANDOM_ROOT_PASSWORD AUTH_ENABLED PASSWORD_LOGIN_ENABLED REQUIRE_AUTH USE_TOKEN DISABLE_PASSWORD_AUTH
      SORT_KEY PRIMARY_KEY PARTITION_KEY CACHE_KEY FOREIGN_KEY KEYBOARD KEYBOARD_LAYOUT MONKEY TURKEY HOTKEY_PASTE
      COMPASS BYPASS PASSPORT PASSENGER_APP_ENV AUTHOR AUTHORITY TOKENIZER MAX_TOKENS SECRETARY PASS_THROUGH
      GPG_KEY RABBITMQ_GPG_KEY AUTHORIZED_KEYS APT_KEY PWD OLDPWD HOME DB_HOST NODE_ENV PASSWORD_RESET_URL
      PASSWORD_ALGORITHM CREDENTIALS_PROVIDER KEY_VAULT_NAME SECRET_ARN AUTHENTICATION_BACKEND RESET_PASSWORD_PAGE
    `),
  )('%s', (name) => expect(secretName(name)).toBe('no'));
});

test('any text gets an answer, however long, in the same spelling or another', () => {
  expect(secretName('')).toBe('no');
  expect(secretName('_PASSWORD'.repeat(100_000))).toBe('yes');
  fc.assert(
    fc.property(fc.array(fc.constantFrom('db', 'password', 'key', 'token', 'file', 'public', 'x')), (parts) => {
      const snake = parts.join('_').toUpperCase();
      const camel = parts.map((part, at) => (at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1))).join('');
      expect(secretName(camel)).toBe(secretName(snake));
    }),
  );
});
