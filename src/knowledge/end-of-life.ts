import { distributionOf } from './distribution.ts';
import { productOf } from './end-of-life/all.ts';
import type { Cycle, Product } from './end-of-life/product.ts';
import { mainProduct, nodeLines, type Place, secondProducts } from './end-of-life/tags.ts';
import { canonicalName } from './image-mirrors.ts';
import type { ImageReference } from './image-reference.ts';

/** The support of one thing that an image's tag pins. */
export interface Lifetime {
  /** `node`, `debian`, `distroless`. */
  readonly product: string;
  /** `Node.js`. */
  readonly label: string;
  /** `20`, `3.11`. */
  readonly cycle: string;
  /** ISO date on which support ends; `true`: ended, nobody says when; `false`: no end published. */
  readonly eol: string | boolean;
  readonly ended: boolean;
  /** ISO date since when it is without support; only where it ended and the day is known. */
  readonly since?: string;
  /** End of paid or extended support. */
  readonly extended?: string;
  /** Newest version of the cycle known on 2026-08-22. */
  readonly latest?: string;
  readonly longTerm: boolean;
  readonly source: string;
}

/**
 * What the reference pins (the program's version, a language, the distribution in the tag), and until when each is
 * supported. A tag that floats (`latest`, `alpine`, `3`) gives nothing, unless every line it can stand for has ended
 * (`python:2`). `today` is an ISO date (`2026-11-21`); a day counts as supported to its end.
 */
export function endOfLife(reference: ImageReference, today: string): readonly Lifetime[] {
  const name = canonicalName(reference);
  const tag = reference.tag ?? '';
  const lifetimes: Lifetime[] = [];
  const add = (product: string, version: string | undefined) => {
    if (version === undefined || lifetimes.some((lifetime) => lifetime.product === product)) return;
    const lifetime = lifetimeOf(product, version, today);
    if (lifetime) lifetimes.push(lifetime);
  };
  const distroless = /^gcr\.io\/distroless\/([a-z0-9-]+)-debian(\d+)$/.exec(name);
  if (distroless) {
    const [, kind = '', debian = ''] = distroless;
    add('node', /^nodejs(\d+)$/.exec(kind)?.[1]);
    add('distroless', `${kind.replace(/^(nodejs|java)(?:\d+|-base)$/, '$1')}-debian${debian}`);
    add('debian', debian);
    return lifetimes;
  }
  const words = tag.split('-');
  const main = mainProduct(name);
  if (main) add(main.product, versionIn(words, main.place) ?? (main.product === 'node' ? nodeLine(words) : undefined));
  for (const { word, product, images } of secondProducts)
    if (images.test(name)) add(product, secondVersion(words, word));
  if (main || knowsDistribution.test(name)) {
    const pinned = distributionOf(tag);
    if (pinned) add(pinned.product, pinned.version);
  }
  return lifetimes;
}

/** Images with no version of their own in the tables, whose tags name a distribution all the same. */
const knowsDistribution =
  /^(?:buildpack-deps|maven|gradle|composer|openjdk|nvidia\/|bitnami(?:legacy)?\/|mcr\.microsoft\.com\/|ghcr\.io\/astral-sh\/uv$|varnish$|telegraf$|haskell$|gcc$|swift$|ibm-semeru-runtimes$|jetty$|clojure$|cypress\/|debian$|ubuntu$|phusion\/)/;

function versionIn(words: readonly string[], place: Place): string | undefined {
  if (place === 'front') return version(words[0] ?? '');
  if (place === 'anywhere') return words.map(version).find((found) => found !== undefined);
  const word = words.find((candidate) => candidate.startsWith(place.after) && /\d/.test(candidate));
  return word === undefined ? undefined : version(word.slice(place.after.length));
}

function version(word: string): string | undefined {
  return /^v?(\d+(?:\.\d+)*)/.exec(word.startsWith('centos') ? word.slice('centos'.length) : word)?.[1];
}

function nodeLine(words: readonly string[]): string | undefined {
  return words.map((word) => (Object.hasOwn(nodeLines, word) ? nodeLines[word] : undefined)).find(Boolean);
}

/** `jdk17` stands alone; `temurin-21` is two words, tried as `temurin:21`. */
function secondVersion(words: readonly string[], form: RegExp): string | undefined {
  for (const [index, word] of words.entries()) {
    const found = form.exec(word) ?? form.exec(`${word.replace(/^amazoncorretto$/, 'corretto')}:${words[index + 1]}`);
    if (found) return found[1];
  }
  return undefined;
}

function lifetimeOf(key: string, pinned: string, today: string): Lifetime | undefined {
  const product = productOf(key);
  if (!product) return undefined;
  const cycle = cycleOf(product, pinned) ?? newestIfAllEnded(product, pinned, today) ?? olderThanAll(product, pinned);
  if (!cycle) return undefined;
  const [name, eol, latest, extended] = cycle;
  const ended = hasEnded(cycle, today);
  return {
    product: key,
    label: product.label,
    cycle: name,
    eol,
    ended,
    ...(ended && typeof eol === 'string' ? { since: eol } : {}),
    ...(extended === undefined ? {} : { extended }),
    ...(latest === '' ? {} : { latest }),
    longTerm: product.lts?.includes(name) ?? false,
    source: product.page.startsWith('https:') ? product.page : `https://endoflife.date/${product.page}`,
  };
}

/** The cycle with the longest name that the version begins with: `3.11.4` is 3.11, `9.6.2` is 9.6, `16.4` is 16. */
function cycleOf(product: Product, pinned: string): Cycle | undefined {
  for (let text = pinned; text !== ''; text = text.slice(0, Math.max(0, text.lastIndexOf('.')))) {
    const cycle = product.cycles.find(([name]) => name === text);
    if (cycle) return cycle;
  }
  return undefined;
}

/** `python:2` floats over 2.x; when all of those have ended, so has the tag. */
function newestIfAllEnded(product: Product, pinned: string, today: string): Cycle | undefined {
  const within = product.cycles.filter(([name]) => name.startsWith(`${pinned}.`));
  return within.every((cycle) => hasEnded(cycle, today)) ? within[0] : undefined;
}

/** endoflife.date lists whatever still has support: what is older than its oldest cycle has none. */
function olderThanAll(product: Product, pinned: string): Cycle | undefined {
  const numbers = pinned.split('.').slice(0, 2).map(Number);
  const isOlder = product.cycles.every(([name]) => precedes(numbers, name.split('.').map(Number)));
  return isOlder ? [numbers.join('.'), true, ''] : undefined;
}

function precedes(version: readonly number[], other: readonly number[]): boolean {
  for (const [index, number] of version.entries()) {
    const otherNumber = other[index];
    if (otherNumber === undefined || Number.isNaN(otherNumber)) return false;
    if (number !== otherNumber) return number < otherNumber;
  }
  return false;
}

function hasEnded([, eol]: Cycle, today: string): boolean {
  return eol === true || (typeof eol === 'string' && eol < today);
}

/** Products whose extended support reaches everybody without paying: Debian's LTS team publishes to the same archive. */
const freeExtension: ReadonlySet<string> = new Set(['debian']);

export function isFreelyExtended({ product, extended }: Lifetime, today: string): boolean {
  return freeExtension.has(product) && (extended ?? '') >= today;
}
