/** Stands for a secret in messages and reports; of one length, so that it tells nothing about the secret's. */
const stars = '***';

/** Shorter ones stand in every other word: masking them would blank the text and give nothing away but that. */
const shortestMasked = 4;

/** The text with every secret in it replaced by stars, longer secrets first. */
export function mask(text: string, secrets: Iterable<string>): string {
  return masker(secrets)(text);
}

/** The same for many texts: the secrets are made into a pattern once. */
export function masker(secrets: Iterable<string>): (text: string) => string {
  const wanted = [...new Set(secrets)].filter((secret) => secret.length >= shortestMasked);
  if (wanted.length === 0) return (text) => text;
  const longestFirst = wanted.sort((a, b) => b.length - a.length).map(escapeForPattern);
  const pattern = new RegExp(longestFirst.join('|'), 'g');
  return (text) => text.replace(pattern, stars);
}

/** For a person to recognise which secret is meant: the first three characters of a long one, nothing of a short one. */
export function maskValue(value: string): string {
  return value.length >= 16 ? `${value.slice(0, 3)}${stars}` : stars;
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
