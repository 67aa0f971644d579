import { lazily } from '../vocabulary/lazily.ts';

/**
 * Which names of variables and keys mean a secret. Judged word by word, since checks that look for `KEY` or `AUTH`
 * anywhere have broken builds for `SSH_KEY_DIR`, `AUTH_MODE`, `PUBLIC_KEY` and `token_version` (docker/buildx #3059,
 * ddev #6462, dockle #130 and #159).
 */
export type SecretName = 'yes' | 'maybe' | 'no';

const set = (words: string) => lazily(() => new Set(words.trim().split(/\s+/)));

/** Hold a secret by themselves, wherever they stand before a qualifier that does not take it back. */
const secretNouns = set(`
  password passwd passphrase passcode passwort pwd pw pass secret secrets token apikey secretkey accesskey privatekey
  authkey masterkey authtoken accesstoken credential credentials creds mnemonic htpasswd rootpw
`);
/** May be one; the value decides. */
const doubtfulNouns = set(
  'auth authorization bearer jwt pat pin otp totp salt seed pepper tokens passwords dsn webhook',
);
/** A word written without a break: `PGPASSWORD`, `SSHPASS` is not among them (`compass`, `bypass`). */
const secretEndings = [
  'password',
  'passwd',
  'passphrase',
  'apikey',
  'secretkey',
  'accesskey',
  'privatekey',
  'authtoken',
];

/** `<word> key`: the key opens something. */
const secretKeys = set(`
  api access private secret secrets signing sign encryption encrypt crypto cryptographic cipher master auth authentication
  shared hmac session cookie jwt security unseal root admin account storage service app application symmetric aes rsa
  webhook license licence bot bearer subscription push vapid
`);
/** `<word> key`: part of data, or given to everyone. */
const harmlessKeys = set(`
  public pub publishable site anon sort primary foreign partition cache routing idempotency object hash range index row
  unique natural composite group lookup search gpg pgp apt yum rpm host hot short shortcut answer translation i18n
  registry hkey authorized known trusted accepted
`);

/** The name speaks of the secret's whereabouts or nature: it ends in one of these. */
const aboutIt = set(`
  file files path paths dir dirs directory folder location mount volume name names username user userid login email mail
  type types kind mode modes method methods mechanism mechanisms version versions ttl expiry expiration expires expire
  expired exp timeout lifetime age maxage days hours minutes seconds ms interval duration delay length len size bytes bits
  min max minimum maximum limit limits count number num enabled enable disabled disable required require optional allowed
  policy policies algorithm algorithms algo alg format encoding charset prefix suffix header headers field fields param
  params parameter column attribute claim claims issuer audience endpoint endpoints url uri urls link host hosts hostname
  port domain realm scope scopes provider providers backend driver engine store manager class plugin plugins module
  region id ids ref reference arn alias label title hint text message template regex regexp pattern script command cmd
  rotation strength complexity iterations rounds cost usage generator parser validator service server schema source
  status state role roles group groups list support process rule rules reset resets change recovery page form input
  placeholder fingerprint thumbprint checksum digest
`);
/** The name says what to do about secrets: it holds one of these before the noun. */
const instructions = set(`
  allow allowed empty random randomize disable disabled enable enabled require required requires skip is has show hide use
  using with without ignore validate verify check generate rotate expose force max min num number count no not dont ask
  prompt remember forgot forgotten whitelist blacklist authorized known trusted public
`);
/** Say which of several, not what: they may follow the noun. */
const whichOne = set(`
  base value val string str plain raw text prod production dev development staging stage test testing local old new current
  previous next primary secondary default main b64 base64 hex encoded
`);

/**
 * `yes`: a value set for it is a secret unless it plainly is not one. `maybe`: only a value that looks like one counts.
 * `no`: only a known format of a secret does. Takes any spelling: `DB_PASSWORD`, `dbPassword`, `db-password`,
 * `db.password`, `PGPASSWORD`.
 */
export function secretName(name: string): SecretName {
  const words = wordsOf(name);
  // The shell's working directories.
  if (words.length === 1 && (words[0] === 'pwd' || words[0] === 'oldpwd')) return 'no';
  while (words.length > 1 && isWhichOne(words[words.length - 1] as string)) words.pop();

  const last = words[words.length - 1];
  const noun = nounOf(words);
  if (last === undefined || noun === undefined) return 'no';
  if (words.slice(0, noun.at).some((word) => instructions().has(word))) return 'no';
  const after = words.slice(noun.at + noun.length);
  // Vault's AppRole calls its password SECRET_ID; an AWS_ACCESS_KEY_ID only says which key.
  if (last === 'id' && words[words.length - 2] === 'secret') return 'maybe';
  if (last === 'hash' || last === 'hashed') return after.length > 0 ? 'maybe' : 'no';
  if (after.length > 0 && aboutIt().has(last)) return 'no';
  // `TOKEN_GITHUB` and `PASS_SUPERVISOR` hold one, `PASS_THROUGH` does not: no list knows them all.
  if (after.length > 0) return noun.strength === 'yes' && noun.length === 1 && last !== 'through' ? 'maybe' : 'no';
  return noun.strength;
}

interface Noun {
  readonly at: number;
  readonly length: number;
  readonly strength: 'yes' | 'maybe';
}

/** The last word, or pair of words, that can mean a secret. */
function nounOf(words: readonly string[]): Noun | undefined {
  for (let at = words.length - 1; at >= 0; at--) {
    const word = words[at] as string;
    if (secretNouns().has(word) || secretEndings.some((ending) => word.endsWith(ending))) {
      return { at, length: 1, strength: 'yes' };
    }
    if (doubtfulNouns().has(word)) return { at, length: 1, strength: 'maybe' };
    if (word === 'cookie' && words[at - 1] === 'erlang') return { at: at - 1, length: 2, strength: 'yes' };
    if (word === 'key' || word === 'keys') {
      const before = words[at - 1];
      if (before === undefined) return { at, length: 1, strength: 'maybe' };
      if (harmlessKeys().has(before)) continue;
      return { at: at - 1, length: 2, strength: secretKeys().has(before) && word === 'key' ? 'yes' : 'maybe' };
    }
  }
  return undefined;
}

/** Lower case, broken at everything but letters and digits and where small letters meet capitals. */
function wordsOf(name: string): string[] {
  return name
    .slice(-200)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

function isWhichOne(word: string): boolean {
  return whichOne().has(word) || /^\d+$/.test(word);
}
