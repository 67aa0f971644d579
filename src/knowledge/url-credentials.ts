import { natureOfValue } from './value-nature.ts';

export interface UrlCredentials {
  /** `''` in `redis://:password@cache`. */
  readonly user: string;
  /** As written, percent signs and all. */
  readonly password: string;
  /** Where the password stands in the value. */
  readonly start: number;
  readonly end: number;
  /** A password everybody tries first. */
  readonly weak: boolean;
}

/**
 * The first password written into a connection string: `scheme://user:password@host`, also within a longer text, and
 * Go's `user:password@tcp(host:3306)/name`. Undefined where none is, or where it is a variable or a placeholder.
 */
export function credentialsInUrl(value: string): UrlCredentials | undefined {
  if (!value.includes('@')) return undefined;
  for (let at = value.indexOf('://'); at !== -1; at = value.indexOf('://', at + 3)) {
    const found = read(value, at + 3, authorityEnd(value, at + 3));
    if (found) return found;
  }
  const go = /^[^:@/\s]{1,100}:[^@/\s]{1,200}@(?:tcp|unix)\(/.exec(value);
  return go ? read(value, 0, go[0].lastIndexOf('@') + 1) : undefined;
}

/** A URL's authority ends at `/`, `?`, `#`, a blank or a quote. Inside `${…}` nothing ends it. */
function authorityEnd(value: string, from: number): number {
  let braces = 0;
  for (let at = from; at < value.length; at++) {
    const character = value.charAt(at);
    if (character === '{') braces++;
    else if (character === '}') braces--;
    else if (braces <= 0 && /[/?#\s"'`,]/.test(character)) return at;
  }
  return value.length;
}

function read(value: string, start: number, end: number): UrlCredentials | undefined {
  const authority = value.slice(start, end);
  const at = authority.lastIndexOf('@'); // an unescaped `@` in the password: the last one ends it
  const colon = colonOutsideBraces(authority, at);
  if (colon === -1) return undefined;
  const password = authority.slice(colon + 1, at);
  // The database's own page shows it with `root:example@`, and so it runs.
  const nature = password.toLowerCase() === 'example' ? 'weak' : natureOfValue(password);
  if (nature === 'empty' || nature === 'reference' || nature === 'placeholder') return undefined;
  const places = { start: start + colon + 1, end: start + at };
  const user = authority.slice(0, colon);
  const weak = nature === 'weak' || nature === 'number' || (user.length >= 3 && user === password);
  return { user, password, ...places, weak };
}

/** `${USER:-admin}:secret@`: the colon that counts is not the one in the default. */
function colonOutsideBraces(authority: string, until: number): number {
  let braces = 0;
  for (let at = 0; at < until; at++) {
    const character = authority[at];
    if (character === '{') braces++;
    else if (character === '}') braces--;
    else if (character === ':' && braces <= 0) return at;
  }
  return -1;
}
