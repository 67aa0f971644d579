import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { secretFormats } from '../../src/knowledge/secret-formats.ts';
import { entropyBits, looksRandom, secretValue } from '../../src/knowledge/secret-values.ts';

/** Letters without pattern, the same on every run: no token of anybody's stands in this file. */
function letters(count: number, alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'): string {
  let out = '';
  for (let round = 0; out.length < count; round++) {
    for (const byte of createHash('sha256').update(`letters ${round}`).digest())
      out += alphabet[byte % alphabet.length];
  }
  return out.slice(0, count);
}
const hex = (count: number) => letters(count, '0123456789abcdef');
const upper = (count: number) => letters(count, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
const digits = (count: number) => letters(count, '123456789');

const made: Readonly<Record<string, string>> = {
  'private-key': `-----BEGIN ${'RSA'} PRIVATE KEY-----\n${letters(64)}`,
  'age-key': `AGE-SECRET-KEY-1${upper(58)}`,
  'aws-access-key': `AKIA${upper(16)}`,
  'gcp-api-key': `AIza${letters(35)}`,
  'gcp-oauth-secret': `GOCSPX-${letters(28)}`,
  'azure-account-key': `DefaultEndpointsProtocol=https;AccountKey=${letters(86)}==`,
  'azure-sas': `https://x.blob.core.windows.net/y?sv=1&sig=${letters(44)}`,
  'github-token': `ghp_${letters(36)}`,
  'gitlab-token': `glpat-${letters(20)}`,
  'slack-token': `xoxb-${digits(12)}-${letters(24)}`,
  'slack-webhook': `https://hooks.slack.com/services/T${upper(8)}/B${upper(8)}/${letters(24)}`,
  'discord-webhook': `https://discord.com/api/webhooks/${digits(18)}/${letters(68)}`,
  'telegram-token': `${digits(9)}:AA${letters(33)}`,
  'stripe-key': `sk_live_${letters(24)}`,
  'stripe-test-key': `sk_test_${letters(24)}`,
  'stripe-webhook-secret': `whsec_${letters(32)}`,
  'npm-token': `npm_${letters(36)}`,
  'npm-auth': `//registry.npmjs.org/:_authToken=${letters(36)}`,
  'pypi-token': `pypi-AgE${letters(90)}`,
  'rubygems-key': `rubygems_${hex(48)}`,
  'docker-token': `dckr_pat_${letters(27)}`,
  'anthropic-key': `sk-ant-api03-${letters(80)}`,
  'openai-key': `sk-proj-${letters(60)}`,
  'openai-like-key': `sk-${letters(48)}`,
  'hugging-face-token': `hf_${letters(34)}`,
  'sendgrid-key': `SG.${letters(22)}.${letters(43)}`,
  'google-access-token': `ya29.${letters(60)}`,
  'amazon-mws-token': `amzn.mws.${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
  'braintree-token': `access_token$production$${hex(16)}$${hex(32)}`,
  'teams-webhook': `https://shop.webhook.office.com/webhookb2/${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}@${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}/IncomingWebhook/${hex(32)}/${hex(8)}`,
  'putty-key': 'PuTTY-User-Key-File-3: ssh-ed25519',
  'mailgun-key': `key-${hex(32)}`,
  'mailchimp-key': `${hex(32)}-us12`,
  'twilio-key': `SK${hex(32)}`,
  'digitalocean-token': `dop_v1_${hex(64)}`,
  'vault-token': `hvs.${letters(24)}`,
  'terraform-token': `${letters(14)}.atlasv1.${letters(67)}`,
  'shopify-token': `shpat_${hex(32)}`,
  'square-token': `sq0atp-${letters(22)}`,
  'grafana-token': `glsa_${letters(32)}_${hex(8)}`,
  'new-relic-key': `NRAK-${upper(27)}`,
  'databricks-token': `dapi${hex(32)}`,
  'linear-key': `lin_api_${letters(40)}`,
  'notion-token': `ntn_${letters(46)}`,
  'tailscale-key': `tskey-auth-${letters(12)}-${letters(32)}`,
  'cloudflare-tunnel-token': `eyJhIjoi${letters(150)}`,
  jwt: `eyJhbGciOi${letters(20)}.eyJzdWIi${letters(30)}.${letters(43)}`,
  'authorization-header': `Authorization: Bearer ${letters(30)}`,
  'connection-password': 'Server=db;User Id=sa;Password=Tr0ub4dor;Encrypt=yes',
};

test('each format is in the test', () => {
  expect(Object.keys(made).sort()).toEqual(secretFormats.map((format) => format.kind).sort());
});

test.each(Object.entries(made))('%s, also within a longer text', (kind, value) => {
  expect(secretValue(value)).toMatchObject({ kind });
  const found = secretValue(`run --with '${value}' now`);
  expect(found?.kind).toBe(kind);
});

test('says where it stands, so that the rest can be shown', () => {
  const value = `curl -H 'X: ghs_${letters(36)}' https://api.github.com`;
  const found = secretValue(value);
  expect(value.slice(found?.start, found?.end)).toBe(`ghs_${letters(36)}`);
  expect(found?.confidence).toBe('certain');
});

describe('are no secret', () => {
  test.each([
    '',
    'changeme',
    'AKIAIOSFODNN7EXAMPLE',
    `ghp_${'x'.repeat(36)}`,
    'sk-your-api-key-goes-here-please-and-thanks',
    `sha256:${hex(64)}`,
    '123e4567-e89b-12d3-a456-426614174000',
    '/usr/local/lib/python3.11/site-packages/Xyz9Abc8Def7Ghi6Jkl5',
    'https://example.com/a/very/long/path/with/Digits123/and456',
    'postgres://db:5432/app',
    '-Xmx512m -XX:+UseG1GC -Dfile.encoding=UTF-8',
    'org.postgresql.Driver',
    'linux/amd64,linux/arm64',
    '--max-old-space-size=4096',
    'ThisIsACamelCaseClassNameFactory2',
    'my-service-name-in-production-eu-west-1',
    'SELECT password FROM users',
    '-----BEGIN PUBLIC KEY-----',
    'Authorization: Bearer ${TOKEN}',
    'password=$DB_PASSWORD',
    'UPDATE user SET password=PASSWORD(x)',
  ])('%s', (value) => expect(secretValue(value)).toBeUndefined());
});

test('a random-looking value is a guess', () => {
  expect(secretValue(hex(32))).toMatchObject({ kind: 'high-entropy', confidence: 'guess' });
  expect(secretValue(letters(40))).toMatchObject({ kind: 'high-entropy', confidence: 'guess' });
  expect([looksRandom('a'.repeat(40)), looksRandom('0123456701234567012345670123456'), looksRandom(hex(31))]).toEqual([
    false,
    false,
    false,
  ]);
  expect(entropyBits('aabb')).toBe(1);
});

test('long values take linear time', () => {
  for (const piece of ['eyJ', 'a.', '-----BEGIN ', '://a:b', 'password=', 'sk-', ' ', "'"]) {
    secretValue(piece.repeat(200_000));
  }
}, 2_000);
