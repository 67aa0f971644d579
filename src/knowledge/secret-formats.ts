import type { Confidence } from '../vocabulary/severity.ts';

/** A form by which one issuer's secrets are known. */
export interface SecretFormat {
  /** Stable, kebab-case. */
  readonly kind: string;
  /** For messages: `a GitHub token`. */
  readonly what: string;
  /** Bounded repetition only, so that every pattern is linear; not global. */
  readonly pattern: RegExp;
  readonly confidence: Confidence;
}

/**
 * From what the issuers document of their tokens (from memory, not looked up again; check a row before relying on it): GitHub "About
 * authentication", GitLab "Token overview", AWS IAM "Unique identifiers", Stripe "API keys", Slack "Token types", npm and
 * PyPI announcements, OpenAI, Anthropic, SendGrid, Twilio, DigitalOcean, Docker Hub, Vault, Shopify and Grafana docs.
 * `certain` where the prefix is the issuer's own and the length is right; `likely` where others could write the same.
 */
export const secretFormats: readonly SecretFormat[] = [
  {
    kind: 'private-key',
    what: 'a private key',
    confidence: 'certain',
    pattern: /-----BEGIN (?:[A-Z]{1,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/,
  },
  { kind: 'age-key', what: 'an age private key', confidence: 'certain', pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/ },
  {
    kind: 'aws-access-key',
    what: 'an AWS access key id',
    confidence: 'likely',
    pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  },
  { kind: 'gcp-api-key', what: 'a Google API key', confidence: 'certain', pattern: /\bAIza[\w-]{35}(?![\w-])/ },
  {
    kind: 'gcp-oauth-secret',
    what: 'a Google OAuth client secret',
    confidence: 'certain',
    pattern: /\bGOCSPX-[\w-]{28}(?![\w-])/,
  },
  {
    kind: 'azure-account-key',
    what: 'an Azure account key',
    confidence: 'certain',
    pattern: /\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{42,88}={0,2}/,
  },
  {
    kind: 'azure-sas',
    what: 'an Azure access signature',
    confidence: 'likely',
    pattern: /[?&]sig=[A-Za-z0-9%+/]{40,100}/,
  },
  {
    kind: 'github-token',
    what: 'a GitHub token',
    confidence: 'certain',
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_\w{82})\b/,
  },
  {
    kind: 'gitlab-token',
    what: 'a GitLab token',
    confidence: 'certain',
    pattern: /\bgl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[\w.-]{20,300}/,
  },
  {
    kind: 'slack-token',
    what: 'a Slack token',
    confidence: 'certain',
    pattern: /\bxox[abeoprs]-[\w-]{10,250}|\bxapp-\d-[\w-]{20,250}/,
  },
  {
    kind: 'slack-webhook',
    what: 'a Slack webhook',
    confidence: 'certain',
    pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/T\w{6,20}\/[\w/]{16,80}/,
  },
  {
    kind: 'discord-webhook',
    what: 'a Discord webhook',
    confidence: 'certain',
    pattern: /https:\/\/(?:\w{2,10}\.)?discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,80}/,
  },
  {
    kind: 'telegram-token',
    what: 'a Telegram bot token',
    confidence: 'certain',
    pattern: /\b\d{8,10}:AA[\w-]{33}(?![\w-])/,
  },
  {
    kind: 'stripe-key',
    what: 'a live Stripe key',
    confidence: 'certain',
    pattern: /\b[sr]k_live_[A-Za-z0-9]{16,250}\b/,
  },
  {
    kind: 'stripe-test-key',
    what: 'a Stripe test key',
    confidence: 'likely',
    pattern: /\b[sr]k_test_[A-Za-z0-9]{16,250}\b/,
  },
  {
    kind: 'stripe-webhook-secret',
    what: 'a Stripe webhook secret',
    confidence: 'certain',
    pattern: /\bwhsec_[A-Za-z0-9+/]{24,120}/,
  },
  { kind: 'npm-token', what: 'an npm token', confidence: 'certain', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  {
    kind: 'npm-auth',
    what: 'npm registry credentials',
    confidence: 'likely',
    pattern: /\/\/[\w.:/-]{3,100}:_(?:authToken|auth|password)=[\w+/=-]{16,300}/,
  },
  { kind: 'pypi-token', what: 'a PyPI token', confidence: 'certain', pattern: /\bpypi-AgE[\w-]{50,250}/ },
  { kind: 'rubygems-key', what: 'a RubyGems key', confidence: 'certain', pattern: /\brubygems_[a-f0-9]{48}\b/ },
  {
    kind: 'docker-token',
    what: 'a Docker Hub token',
    confidence: 'certain',
    pattern: /\bdckr_(?:pat|oat)_[\w-]{24,40}(?![\w-])/,
  },
  {
    kind: 'anthropic-key',
    what: 'an Anthropic API key',
    confidence: 'certain',
    pattern: /\bsk-ant-[a-z]{2,10}\d{0,3}-[\w-]{20,200}/,
  },
  {
    kind: 'openai-key',
    what: 'an OpenAI API key',
    confidence: 'certain',
    pattern: /\bsk-(?:proj|svcacct|admin)-[\w-]{20,250}|\bsk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}\b/,
  },
  {
    kind: 'openai-like-key',
    what: 'an API key of the `sk-` kind',
    confidence: 'likely',
    pattern: /\bsk-(?:or-v1-[a-f0-9]{64}|[A-Za-z0-9]{32,64})\b/,
  },
  {
    kind: 'hugging-face-token',
    what: 'a Hugging Face token',
    confidence: 'certain',
    pattern: /\bhf_[A-Za-z0-9]{34,40}\b/,
  },
  {
    kind: 'sendgrid-key',
    what: 'a SendGrid API key',
    confidence: 'certain',
    pattern: /\bSG\.[\w-]{22}\.[\w-]{43}(?![\w-])/,
  },
  { kind: 'mailgun-key', what: 'a Mailgun API key', confidence: 'likely', pattern: /\bkey-[0-9a-f]{32}\b/ },
  { kind: 'mailchimp-key', what: 'a Mailchimp API key', confidence: 'likely', pattern: /\b[0-9a-f]{32}-us\d{1,2}\b/ },
  { kind: 'twilio-key', what: 'a Twilio API key', confidence: 'likely', pattern: /\bSK[0-9a-f]{32}\b/ },
  {
    kind: 'digitalocean-token',
    what: 'a DigitalOcean token',
    confidence: 'certain',
    pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/,
  },
  { kind: 'vault-token', what: 'a Vault token', confidence: 'certain', pattern: /\bhv[sbr]\.[\w-]{24,300}/ },
  {
    kind: 'terraform-token',
    what: 'a Terraform Cloud token',
    confidence: 'certain',
    pattern: /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70}/,
  },
  {
    kind: 'shopify-token',
    what: 'a Shopify token',
    confidence: 'certain',
    pattern: /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b/,
  },
  { kind: 'square-token', what: 'a Square token', confidence: 'certain', pattern: /\bsq0[a-z]{3}-[\w-]{22,60}/ },
  {
    kind: 'grafana-token',
    what: 'a Grafana token',
    confidence: 'certain',
    pattern: /\bglsa_[A-Za-z0-9]{32}_[a-f0-9]{8}\b|\bglc_[A-Za-z0-9+/]{32,400}={0,2}/,
  },
  { kind: 'new-relic-key', what: 'a New Relic key', confidence: 'certain', pattern: /\bNRAK-[A-Z0-9]{27}\b/ },
  {
    kind: 'databricks-token',
    what: 'a Databricks token',
    confidence: 'certain',
    pattern: /\bdapi[a-f0-9]{32}(?:-\d)?\b/,
  },
  { kind: 'linear-key', what: 'a Linear API key', confidence: 'certain', pattern: /\blin_api_[A-Za-z0-9]{40}\b/ },
  { kind: 'notion-token', what: 'a Notion token', confidence: 'certain', pattern: /\bntn_[A-Za-z0-9]{40,60}\b/ },
  {
    kind: 'tailscale-key',
    what: 'a Tailscale key',
    confidence: 'certain',
    pattern: /\btskey-(?:auth|api|client)-\w{8,20}-[A-Za-z0-9]{20,60}/,
  },
  {
    kind: 'cloudflare-tunnel-token',
    what: 'a Cloudflare tunnel token',
    confidence: 'likely',
    pattern: /\beyJhIjoi[A-Za-z0-9+/=_-]{120,400}/,
  },
  {
    kind: 'google-access-token',
    what: 'a Google access token',
    confidence: 'likely',
    pattern: /\bya29\.[\w-]{20,400}/,
  },
  {
    kind: 'amazon-mws-token',
    what: 'an Amazon MWS token',
    confidence: 'certain',
    pattern: /\bamzn\.mws\.[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/,
  },
  {
    kind: 'braintree-token',
    what: 'a Braintree access token',
    confidence: 'certain',
    pattern: /\baccess_token\$production\$[0-9a-z]{16}\$[0-9a-f]{32}\b/,
  },
  {
    kind: 'teams-webhook',
    what: 'a Microsoft Teams webhook',
    confidence: 'certain',
    pattern: /\bwebhook\.office\.com\/webhookb?2?\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[\w-]{10,80}/,
  },
  { kind: 'putty-key', what: 'a PuTTY private key', confidence: 'certain', pattern: /\bPuTTY-User-Key-File-\d/ },
  {
    kind: 'jwt',
    what: 'a signed JSON web token',
    confidence: 'likely',
    pattern: /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,8000}\.[\w-]{20,2000}/,
  },
  {
    kind: 'authorization-header',
    what: 'an Authorization header',
    confidence: 'likely',
    pattern: /\bAuthorization: ?(?:Basic|Bearer) (?![$<{])[\w+/=.~-]{12,2000}/i,
  },
  {
    kind: 'connection-password',
    what: 'a password in a connection string',
    confidence: 'likely',
    pattern: /(?:^|[;\s?&])(?:password|pwd) ?= ?["']?(?![$<{"';\s&])[^"';\s(&]{3,200}(?=["';\s&]|$)/i,
  },
];
