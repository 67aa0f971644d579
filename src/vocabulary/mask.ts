/** Stands for a secret in messages and reports; of one length, so that it tells nothing about the secret's. */
const stars = '***';

/** Shorter ones stand in every other word: masking them would blank the text and give nothing away but that. */
const shortestMasked = 4;

/** The text with every secret in it replaced by stars, longer secrets first. */
export function mask(text: string, secrets: Iterable<string>): string {
  return masker(secrets)(text);
}

/** Of a longer one this much tells it from all else, and a text may show no more than its beginning. */
const telling = 500;

/** V8 takes no pattern beyond some 32,000 characters. */
const longestPattern = 10_000;

/** The same for many texts: the secrets are made into patterns once. */
export function masker(secrets: Iterable<string>): (text: string) => string {
  const wanted = [...new Set(secrets)].filter((secret) => secret.length >= shortestMasked);
  const longestFirst = wanted.sort((a, b) => b.length - a.length);
  const long = longestFirst.filter((secret) => secret.length > telling);
  const patterns = inGroups(longestFirst.slice(long.length).map(escapeForPattern)).map(
    (group) => new RegExp(group.join('|'), 'g'),
  );
  return (text) => patterns.reduce((shown, pattern) => shown.replace(pattern, stars), long.reduce(maskLong, text));
}

/** One secret out of a text, however short it is. */
export function withoutSecret(text: string, secret: string): string {
  return secret.length > telling ? maskLong(text, secret) : text.split(secret).join(stars);
}

/** Masks as much of a long secret as stands in the text, which may have been cut. */
function maskLong(text: string, secret: string): string {
  const start = secret.slice(0, telling);
  let shown = '';
  let from = 0;
  for (let at = text.indexOf(start); at !== -1; at = text.indexOf(start, from)) {
    let length = start.length;
    while (length < secret.length && text[at + length] === secret[length]) length++;
    shown += text.slice(from, at) + stars;
    from = at + length;
  }
  return shown + text.slice(from);
}

function inGroups(sources: readonly string[]): string[][] {
  const groups: string[][] = [];
  let length = longestPattern;
  for (const source of sources) {
    if (length + source.length > longestPattern) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(source);
    length += source.length + 1;
  }
  return groups;
}

/** For a person to recognise which secret is meant: the first three characters of a long one, nothing of a short one. */
export function maskValue(value: string): string {
  return value.length >= 16 ? `${value.slice(0, 3)}${stars}` : stars;
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
