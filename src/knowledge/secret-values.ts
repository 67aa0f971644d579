import { lazily } from '../vocabulary/lazily.ts';
import type { Confidence } from '../vocabulary/severity.ts';
import { secretFormats } from './secret-formats.ts';
import { credentialsInUrl } from './url-credentials.ts';
import { natureOfValue } from './value-nature.ts';

/** What a value gives away by itself. */
export interface SecretValue {
  /** Stable, kebab-case: `github-token`, `url-credentials`, `high-entropy`. */
  readonly kind: string;
  /** For messages: `a GitHub token`. */
  readonly what: string;
  readonly confidence: Confidence;
  /** Where it stands in the value; mask this part before showing the rest. */
  readonly start: number;
  readonly end: number;
}

/** Longer values are files pasted in; the beginning tells enough, and the time stays bounded. */
const longestLooked = 20_000;

/**
 * A secret by its form alone, whatever the name says. Undefined for the rest; for a made-up example of a known form
 * (`AKIAIOSFODNN7EXAMPLE`) too. `high-entropy` is a `guess`: hashes and identifiers look the same, so let the name decide.
 */
export function secretValue(value: string): SecretValue | undefined {
  const text = value.slice(0, longestLooked);
  if (text.length < 8) return undefined;
  const known = ofKnownForm(text);
  if (known) return known;
  if (!looksRandom(text) || natureOfValue(text) !== 'set') return undefined;
  return { kind: 'high-entropy', what: 'a random-looking value', confidence: 'guess', start: 0, end: value.length };
}

/** As `secretValue`, without the guess: an issuer's form, or a password in a URL. */
export function knownSecret(value: string): SecretValue | undefined {
  const text = value.slice(0, longestLooked);
  return text.length < 8 ? undefined : ofKnownForm(text);
}

function ofKnownForm(text: string): SecretValue | undefined {
  if (mayHoldForm(text))
    for (const format of secretFormats) {
      const match = format.pattern.exec(text);
      if (match && !isMadeUp(match[0])) {
        const { kind, what, confidence } = format;
        return { kind, what, confidence, start: match.index, end: match.index + match[0].length };
      }
    }
  const inUrl = credentialsInUrl(text);
  if (!inUrl) return undefined;
  const { start, end } = inUrl;
  return { kind: 'url-credentials', what: 'a password in a URL', confidence: 'certain', start, end };
}

/** All forms in one pattern for each set of flags: every word of every command is asked, and nearly none holds any. */
const gates = lazily(() => {
  const byFlags = new Map<string, string[]>();
  for (const { pattern } of secretFormats)
    byFlags.set(pattern.flags, [...(byFlags.get(pattern.flags) ?? []), `(?:${pattern.source})`]);
  return [...byFlags].map(([flags, sources]) => new RegExp(sources.join('|'), flags));
});

/**
 * Something of what each form cannot be without: V8 needs 2 ms to make the gates ready, a twentieth of a whole run, and
 * hardly a project needs them.
 */
const marks = [
  /-----BEGIN|AGE-SEC|A[KS]IA[A-Z2-7]{9}|AIza|GOCSPX|Key=|[?&]sig=|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox[a-z]-|xapp-|slack\.com|webhooks\/|:AA|[sr]k_(?:live|test)_|whsec_|npm_|:_|pypi-|rubygems_|dckr_|sk-|hf_[A-Za-z0-9]{9}|SG\.|key-[0-9a-f]{9}|-us\d|SK[0-9a-f]{9}|do[opr]_v1|hv[sbr]\.|atlasv1|shp(?:at|ca|pa|ss)_|sq0|gl(?:sa|c)_|NRAK|dapi[a-f0-9]{9}|lin_api|ntn_|tskey|eyJ|ya29\.|amzn\.mws|access_token\$|webhook\.office|PuTTY-User/,
  /authorization:|(?:password|pwd) ?=/i,
];

function mayHoldForm(text: string): boolean {
  return marks.some((mark) => mark.test(text)) && gates().some((gate) => gate.test(text));
}

/** Documentation's own examples: AWS spells EXAMPLE into its keys, others repeat a letter or count through the alphabet. */
function isMadeUp(text: string): boolean {
  return /example|x{8}|X{8}|\*{4}|\.{3}|(?:your|my)[-_]?(?:api|key|token|secret)/i.test(text) || /(.)\1{9}/.test(text);
}

/**
 * Random by its letters: enough of them, of one alphabet, and spread as chance spreads them. Of 10,000 random values each
 * it found 99.9 % of 16 bytes in hex, 97 % of 18 bytes in base64, 99.6 % of 24 and 99.9 % of 32.
 */
export function looksRandom(text: string): boolean {
  if (text.length < 20) return false;
  // UUIDs and image digests name things far more often than they open them.
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text) || /^(?:sha\d{1,3}|md5)[:-]/i.test(text))
    return false;
  if (/^[0-9a-fA-F]{32,256}$/.test(text)) return entropyBits(text) >= 3;
  if (!/^[A-Za-z0-9+/_=.~!@#%^&*-]{20,512}$/.test(text)) return false;
  const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((alphabet) => alphabet.test(text)).length;
  // Words in camel case and file names have no digits among their letters; two changes of kind are not yet chance.
  const changes = text.match(/[a-z](?=[A-Z\d])|[A-Z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return classes === 3 && changes >= text.length / 8 && entropyBits(text) >= Math.min(4, 0.85 * Math.log2(text.length));
}

/** Shannon's entropy of the characters, in bits for each. */
export function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
