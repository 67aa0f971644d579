import { expect, test } from 'vitest';
import { secretFile } from '../../src/knowledge/secret-files.ts';

test.each([
  'id_rsa',
  'keys/id_ed25519',
  '.env',
  'config/.env.production',
  '.netrc',
  '.aws/credentials',
  'server.p12',
  'config/master.key',
  '.docker/config.json',
  'terraform.tfstate',
  'service-account-prod.json',
])('made for secrets: %s', (path) => expect(secretFile(path)).toBeDefined());

test.each([
  'id_rsa.pub',
  '.env.example',
  '.env.sample',
  'env',
  'settings.py',
  'package.json',
  'ca.pem',
  'fullchain.pem',
  'nginx_signing.key',
  'repo-archive.key',
  'keys.json',
  '.envrc.md',
  'config.json',
])('not by its name: %s', (path) => expect(secretFile(path)).toBeUndefined());

test('the text has the last word', () => {
  expect(secretFile('.npmrc', 'registry=https://npm.example.org/\n')).toBeUndefined();
  expect(secretFile('.npmrc', '//npm.example.org/:_authToken=${NPM_TOKEN}\n')).toBeUndefined();
  expect(secretFile('.npmrc', '//npm.example.org/:_authToken=abcdef\n')?.confidence).toBe('certain');
  expect(secretFile('tls.key', '-----BEGIN PUBLIC KEY-----\n')).toBeUndefined();
  expect(secretFile('tls.key', '-----BEGIN EC PRIVATE KEY-----\n')?.confidence).toBe('certain');
  expect(secretFile('.env', '')).toBeUndefined();
});
