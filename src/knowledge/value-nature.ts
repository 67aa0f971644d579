import { lazily } from '../vocabulary/lazily.ts';

/**
 * What a value is, as far as secrets go: `set` and `weak` are values somebody could log in with; `reference` fetches the
 * secret from elsewhere; `placeholder` asks to be replaced.
 */
export type ValueNature =
  | 'empty'
  | 'reference'
  | 'placeholder'
  | 'boolean'
  | 'number'
  | 'path'
  | 'url'
  | 'weak'
  | 'set';

const set = (words: string) => lazily(() => new Set(words.trim().split(/\s+/)));

/**
 * Passwords that are set but known to everyone: defaults of images and tutorials, and the top of every leaked list.
 * Compared in lower case, with `0`, `1`, `3`, `@`, `$` read as letters, without separators and final digits.
 */
const weakPasswords = set(`
  changeme changethis changeit changecom changemenow changemeplease pleasechangeme password passwd pass passphrase pwd
  secret secrets supersecret mysecret mysecretpassword mysecretpw topsecret verysecret somesecret secretkey secretpassword
  mypassword mypass somepassword securepassword strongpassword defaultpassword userpassword rootpassword adminpassword
  dbpassword testpassword admin administrator adminadmin root rootroot toor user username guest anonymous test testtest
  testing tester demo default qwerty letmein welcome iloveyou monkey dragon master abc postgres postgresql psql mysql
  mariadb mongo mongodb redis rabbitmq rabbit elastic elasticsearch minio minioadmin grafana keycloak neoj sa oracle
  wordpress somewordpress nextcloud gitea gogs gitlab django laravel symfony rails drupal joomla magento dev development
  local localhost staging prod production docker container vagrant ubuntu app application database db api token key apikey
  hunter insecure unsafe notsecure foobar foo bar baz hello helloworld
`);
const placeholders = set(`
  none null nil undefined unset empty todo tbd fixme placeholder redacted masked hidden example sample dummy fake mock
  defaulttoken defaultkey defaultapikey string value random generated replace replaceme fillme fillin insert inserthere notset na
`);

export function natureOfValue(value: string): ValueNature {
  const text = value.trim();
  if (text === '') return 'empty';
  const fallback = /^\$\{\w{1,200}:?-([^${}]{1,400})\}$/.exec(text)?.[1];
  if (fallback !== undefined) return natureOfValue(fallback); // `${PASSWORD:-changeme}` has its password in it
  if (isReference(text)) return 'reference';
  if (/^(?:true|false|yes|no|on|off|y|n|enabled?|disabled?)$/i.test(text)) return 'boolean';
  if (/^[-+]?\d+(?:\.\d+)?(?:ms|s|m|h|d|k|kb|mb|gb|%)?$/i.test(text)) return 'number';
  if (isPlaceholder(text)) return 'placeholder';
  if (/^[a-z][a-z\d+.-]{0,30}:\/\//i.test(text)) return 'url';
  if (isPath(text)) return 'path';
  return isWeak(text) ? 'weak' : 'set';
}

/** True where something else puts the secret in: the shell, Compose, a template engine, a vault. */
function isReference(text: string): boolean {
  if (/^\${1,2}(?:2[abxy]|[1567y]|apr1|argon2\w{1,2}|scrypt)\$/.test(text)) return false; // a hash in crypt(3)'s form
  // Part of the value is enough: the rest alone opens nothing. `$$` is an escaped dollar.
  if (/(?<!\$)\$(?:[A-Za-z_]\w{0,200}$|\{[A-Za-z_]|\()/.test(text)) return true;
  return references.some((form) => form.test(text));
}

const references = [
  /^\{\{.{0,300}\}\}$/, // Go templates, Jinja, Handlebars
  /^<%.{0,300}%>$/,
  /^%(?:env\(.{0,300}\)|\w{1,100})%$/, // Symfony, Windows
  /^%[sdvq]$/, // a format string
  /^(?:__\w{1,100}__|@{1,2}[A-Z_]{3,100}@{1,2})$/,
  /^(?:op|vault|bao|secrets?|ssm|awssm|gcpsm|azkv|keyvault|doppler|sops|file|env|ref\+\w{1,20}):(?:\/\/)?\S/i,
  /^arn:aws[\w-]{0,10}:(?:secretsmanager|ssm):/,
  /^\/run\/secrets\//,
];

function isPlaceholder(text: string): boolean {
  return placeholders().has(plainWord(text)) || placeholderForms.some((form) => form.test(text));
}

const placeholderForms = [
  /^(?:<[^<>]{0,200}>|\[[^[\]]{0,200}\]|\{[^{}":]{0,200}\})$/, // <your-key>
  /^(?:[*xX.#?_-]{3,}|\*\*[A-Za-z ]{1,30}\*\*)$/, // xxx, ..., ***, **None**
  /^your[-_ ]/i,
  /^(?:replace|fill|change)[-_ ]?(?:me|this|it)?[-_ ](?:with|by|in|before)\b/i,
  /^replace[-_ ]?(?:me|this)$/i,
  /^(?:enter|insert|put|add|set|paste|provide)[-_ ][a-z_ -]{1,60}$/i,
  /[-_ ](?:goes[-_ ])?here$/i, // api-key-goes-here
  /^123-4567?(?:-789)?$/, // counted out where a licence key would stand
];

function isPath(text: string): boolean {
  return /^(?:\/|\.{1,2}\/|~\/|[A-Za-z]:\\)[\w./\\@ -]*$/.test(text) && /[a-z]{2}/i.test(text) && !isBase64(text);
}

/** Known to everyone, of one letter, or short enough to be tried through. */
function isWeak(text: string): boolean {
  if (text.length < 6 || /^(.)\1*$/.test(text)) return true;
  const word = plainWord(text);
  return (
    weakPasswords().has(word) ||
    weakPasswords().has(word.replace(/(?<!\d)\d+$/, '')) ||
    weakPasswords().has(unleeted(text))
  );
}

const isBase64 = (text: string) =>
  text.length >= 20 && /^[A-Za-z0-9+/]+={0,2}$/.test(text) && /\d/.test(text) && /[A-Z]/.test(text);
const plainWord = (text: string) => text.toLowerCase().replace(/[^a-z\d]/g, '');
const letterOf: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '@': 'a',
  $: 's',
};

function unleeted(text: string): string {
  const word = text
    .toLowerCase()
    .replace(/(?<![\d!?.#*])[\d!?.#*]+$/, '')
    .replace(/[01345@$]/g, (sign) => letterOf[sign] ?? sign);
  return word.replace(/[^a-z]/g, '');
}
