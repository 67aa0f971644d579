import { distributionOf } from './distribution.ts';
import { productOf } from './end-of-life/all.ts';
import type { Cycle, Product } from './end-of-life/product.ts';
import { mainProduct } from './end-of-life/tags.ts';
import { endOfLife } from './end-of-life.ts';
import { latestMeans } from './floating-tags.ts';
import { canonicalName } from './image-mirrors.ts';
import { type ImageReference, parseImageReference } from './image-reference.ts';
import { noLongerRebuilt } from './rebuilds.ts';

/** A tag that is supported, and what changes with it. */
export interface SupportedTag {
  readonly tag: string;
  /** What to look at: undefined where the version stays and only the distribution below is another. */
  readonly note: string;
}

/** Half a year: who moves today should not have to move again at once. */
const leastDays = 180;

/**
 * Official images whose tags follow the cycles of the tables: a cycle's name is a tag. Databases are missing on purpose:
 * their data must be moved along with the version.
 */
const followCycles: ReadonlySet<string> = new Set([
  ...['node', 'python', 'golang', 'php', 'ruby', 'rust', 'erlang', 'elixir', 'perl'],
  ...['debian', 'ubuntu', 'alpine', 'fedora', 'rockylinux/rockylinux', 'almalinux', 'oraclelinux'],
  ...['eclipse-temurin', 'nginx', 'httpd', 'haproxy', 'traefik', 'caddy'],
]);
const distributions: ReadonlySet<string> = new Set([
  ...['debian', 'ubuntu', 'alpine', 'fedora', 'rockylinux', 'almalinux', 'oraclelinux'],
]);
/** Words of tags that every version of these images has had. */
const lasting = /^(?:slim|alpine|fpm|cli|apache|zts|jdk|jre|perl)$/;
/** Debian's own names of the releases that the tables know to be alive. */
const debianNames: Readonly<Record<string, string>> = { '12': 'bookworm', '13': 'trixie' };
const ubuntuNames: Readonly<Record<string, string>> = { '22.04': 'jammy', '24.04': 'noble', '26.04': 'resolute' };

/**
 * For an image past its end: the nearest line that is supported for half a year yet, in the same flavour. The same
 * version on a living distribution, where only that has ended. A sentence where there is none.
 */
export function supportedTag(reference: ImageReference, today: string): SupportedTag | { readonly none: string } {
  const name = canonicalName(reference);
  const { tag, digest } = reference;
  if (digest !== undefined) return { none: 'a digest says which image it is, and that of another is not known here' };
  if (tag === undefined || !followCycles.has(name))
    return { none: 'no supported tag of this image is known here that would do the same' };
  const product = productOf(mainProduct(name)?.product ?? '');
  if (!product) return { none: 'no supported tag of this image is known here that would do the same' };
  const found = distributions.has(product.key) ? releaseTag(product, tag, today) : versionTag(product, tag, today);
  if ('none' in found) return found;
  const fresh = parseImageReference(`${name}:${found.tag}`);
  const isAlive = fresh && !endOfLife(fresh, today).some(({ ended }) => ended) && !noLongerRebuilt(fresh);
  return isAlive ? found : { none: 'no supported tag of this image is known here that would do the same' };
}

/** `16-buster-slim`: the version, words that stay, and a distribution that is left to the image's own choice. */
function versionTag(product: Product, tag: string, today: string): SupportedTag | { readonly none: string } {
  const [version = '', ...rest] = tag.split('-');
  if (!/^\d+(?:\.\d+)*$/.test(version)) return { none: `what takes the place of "${tag}" is not known` };
  const words: string[] = [];
  for (const word of rest) {
    if (/^alpine\d/.test(word)) words.push('alpine');
    else if (lasting.test(word)) words.push(word);
    else if (distributionOf(word) === undefined)
      return { none: `whether "${word}" is there for a supported version is not known` };
  }
  const flavour = words.map((word) => `-${word}`).join('');
  const pinned = product.cycles.find(([name]) => version === name || version.startsWith(`${name}.`));
  if (pinned && !hasEnded(pinned, today))
    return { tag: version + flavour, note: 'the same version on a distribution that is supported' };
  if (product.key === 'python' && version.startsWith('2'))
    return { none: 'Python 3 is another language to programs written for Python 2: they must be ported first' };
  const next = nearest(product, version, today);
  if (!next) return { none: `no line of ${product.label} after ${version} is known to be supported` };
  const sameMajor = next.split('.')[0] === version.split('.')[0];
  return {
    tag: next + flavour,
    note: sameMajor
      ? `${product.label} ${next} is the nearest line that is supported: build it and run the tests`
      : `a new major version of ${product.label}: read what it changed, build it and run the tests`,
  };
}

/** A distribution's own image: by number or by name, as it was written. */
function releaseTag(product: Product, tag: string, today: string): SupportedTag | { readonly none: string } {
  const [release = '', ...words] = tag.split('-');
  if (!words.every((word) => word === 'slim'))
    return { none: `whether there is such a flavour of a supported ${product.label} is not known` };
  const byName = distributionOf(release);
  const version = byName?.version ?? /^\d+(?:\.\d+)*$/.exec(release)?.[0];
  if (version === undefined) return { none: `what takes the place of "${tag}" is not known` };
  const next = nearest(product, version, today);
  if (next === undefined) return { none: `no ${product.label} after ${version} is known to be supported` };
  const names = product.key === 'debian' ? debianNames : product.key === 'ubuntu' ? ubuntuNames : {};
  const fresh = byName ? names[next] : next;
  if (fresh === undefined) return { none: `what takes the place of "${tag}" is not known` };
  return {
    tag: [fresh, ...words].join('-'),
    note: `${product.label} ${next} has newer packages, and some by other names: build it and run the tests`,
  };
}

/** The oldest newer line that is supported long enough; of products with long-term lines one of those. */
function nearest({ cycles, lts }: Product, version: string, today: string): string | undefined {
  const soon = new Date(Date.parse(today) + leastDays * 86_400_000).toISOString().slice(0, 10);
  const newer = cycles
    .filter(([name]) => /^\d+(?:\.\d+)*$/.test(name) && (lts === undefined || lts.includes(name)))
    .filter((cycle) => compare(cycle[0], version) > 0)
    .sort((first, second) => compare(first[0], second[0]));
  return (newer.find((cycle) => !hasEnded(cycle, soon)) ?? newer.find((cycle) => !hasEnded(cycle, today)))?.[0];
}

function compare(first: string, second: string): number {
  const numbers = second.split('.').map(Number);
  for (const [index, number] of first.split('.').map(Number).entries())
    if (number !== (numbers[index] ?? 0)) return number - (numbers[index] ?? 0);
  return 0;
}

function hasEnded([, eol]: Cycle, today: string): boolean {
  return eol === true || (typeof eol === 'string' && eol < today);
}

/**
 * The version that a tag without one stood for when the tables were gathered: `latest`, none at all, or just a flavour
 * (`alpine`). Undefined where that is not known or has ended since.
 */
export function versionOfFloating(reference: ImageReference, today: string): string | undefined {
  const { tag = 'latest', digest } = reference;
  if (digest !== undefined) return undefined;
  const words = tag === 'latest' ? [] : tag.split('-');
  if (!words.every((word) => /^(?:slim|alpine)$/.test(word))) return undefined;
  const { tag: _tag, ...untagged } = reference;
  const version = /^\d+(?:\.\d+)*/.exec(latestMeans(untagged)?.version ?? '')?.[0];
  if (version === undefined) return undefined;
  const fresh = [version, ...words].join('-');
  const named = parseImageReference(`${canonicalName(reference)}:${fresh}`);
  return named && !endOfLife(named, today).some(({ ended }) => ended) && !noLongerRebuilt(named) ? fresh : undefined;
}
