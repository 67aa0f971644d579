import { withoutEndSlashes } from '../vocabulary/path-end.ts';
import type { Confidence } from '../vocabulary/severity.ts';

/** What a file of this name holds. */
export interface SecretFile {
  /** For messages: `a private SSH key`. */
  readonly what: string;
  /** By the name alone. */
  readonly confidence: Confidence;
  /** If the file can be read, it holds a secret only where this matches. */
  readonly proof?: RegExp;
}

const privateKey = /-----BEGIN (?:[A-Z]+ ){0,2}PRIVATE KEY/;

/** By base name, lower case; first match wins. */
const byName: readonly (readonly [RegExp, SecretFile])[] = [
  [/^id_(?:rsa|dsa|ecdsa|ed25519)$/, { what: 'a private SSH key', confidence: 'certain', proof: privateKey }],
  [
    /^\.env(?:\.(?!example|sample|template|dist|defaults?|tpl|schema|vault|test|ci)[\w-]+)*$/,
    { what: 'an environment file', confidence: 'likely' },
  ],
  [
    /^\.(?:netrc|pgpass|git-credentials|htpasswd|s3cfg|boto|my\.cnf)$/,
    { what: 'a file of passwords', confidence: 'certain' },
  ],
  [
    /^\.(?:npmrc|yarnrc\.yml)$/,
    {
      what: 'a token for the package registry',
      confidence: 'guess',
      proof: /(?:_auth(?:Token)?|_password|npmAuthToken)["'\s]*[=:]\s*["']?(?!["'\s]*\$)\S/i,
    },
  ],
  [
    /^\.?pypirc$/,
    { what: 'a password for the package index', confidence: 'certain', proof: /^[ \t]*password[ \t]*[=:]/m },
  ],
  [
    /^(?:gcp-|google-)?(?:application_default_)?credentials(?:\.(?:json|ya?ml|ini|txt|csv))?$/,
    { what: 'credentials', confidence: 'likely' },
  ],
  [
    /^(?:service[-_]?account|gcp[-_]?key|gcloud[-_]?key|google[-_]?key|firebase[-_]?adminsdk)[\w-]*\.json$/,
    { what: 'the key of a service account', confidence: 'likely', proof: /PRIVATE KEY|private_key/ },
  ],
  [
    /^(?:secrets?|passwords?|client[-_]secrets?)\.(?:json|ya?ml|ini|txt|env|toml|properties|py|rb)$/,
    { what: 'secrets', confidence: 'likely' },
  ],
  [/\.(?:p12|pfx|jks|keystore|ppk|kdbx|pkcs12)$/, { what: 'a key store', confidence: 'likely' }],
  [
    /^(?!.*(?:pub|cert|chain|\bca\b|root|bundle|rds|global)).*\.pem$/,
    { what: 'a private key', confidence: 'guess', proof: privateKey },
  ],
  [
    /^(?!.*(?:pub|sign|gpg|apt|repo|archive|keyring|release|nodesource|nginx_|docker\.key|pgdg|elastic)).*\.key$/,
    { what: 'a private key', confidence: 'likely', proof: privateKey },
  ],
  [/^terraform\.tfstate(?:\.backup)?$/, { what: 'Terraform state, secrets and all', confidence: 'certain' }],
  [/^\.?kube_?config$/, { what: 'the keys of a cluster', confidence: 'likely' }],
  [/^master\.key$/, { what: 'the key of Rails credentials', confidence: 'certain' }],
];

/** Folders that are kept for secrets, as they stand in a home. */
const byFolder: readonly (readonly [RegExp, SecretFile])[] = [
  [/(?:^|\/)\.aws(?:\/(?:credentials)?)?$/, { what: 'AWS credentials', confidence: 'certain' }],
  [/(?:^|\/)\.ssh\/?$/, { what: 'SSH keys', confidence: 'likely' }],
  [
    /(?:^|\/)\.docker\/config\.json$/,
    { what: 'registry logins', confidence: 'certain', proof: /"auth"\s*:|"identitytoken"/ },
  ],
  [/(?:^|\/)\.kube(?:\/config)?\/?$/, { what: 'the keys of a cluster', confidence: 'certain' }],
  [/(?:^|\/)\.gnupg\/?$/, { what: 'GnuPG keys', confidence: 'certain' }],
  [/(?:^|\/)\.config\/gcloud(?:\/|$)/, { what: 'Google Cloud credentials', confidence: 'certain' }],
  [/(?:^|\/)\.azure\/?$/, { what: 'Azure credentials', confidence: 'certain' }],
];

// Each pattern costs V8 some 40 µs to make ready, and next to no path gets past these.
const mayBeNamed =
  /^\.|^id_|^pypirc$|account|key|adminsdk|credential|secret|password|kube|tfstate|\.(?:p\w+|jks|kdbx)$/;
const hasDotted = /(?:^|\/)\./;

/**
 * Whether a file by this path is made to hold secrets; `text`, where it can be read, has the last word. Names that only
 * sound like it (`settings.py`, any `.json`) broke hundreds of pipelines (dockle #159, #284), so this list is short.
 */
export function secretFile(path: string, text?: string): SecretFile | undefined {
  const clean = withoutEndSlashes(path);
  const name = clean.slice(clean.lastIndexOf('/') + 1).toLowerCase();
  const named = mayBeNamed.test(name) ? byName.find(([form]) => form.test(name)) : undefined;
  const found = (named ?? (hasDotted.test(clean) ? byFolder.find(([form]) => form.test(clean)) : undefined))?.[1];
  if (!found || text === undefined) return found;
  if (text.trim() === '') return undefined;
  if (!found.proof) return found;
  return found.proof.test(text) ? { ...found, confidence: 'certain' } : undefined;
}
