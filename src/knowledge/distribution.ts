import type { OsFamily } from './image-facts.ts';

/** A distribution and the release that a tag pins. */
export interface Distribution {
  readonly family: OsFamily;
  /** Key in the end-of-life tables. */
  readonly product: string;
  readonly version: string;
}

// Only code names that nobody uses for anything else in a tag; `sid`, `bo` or `disco` would be guesses.
const codenames: Readonly<Record<string, readonly [product: 'debian' | 'ubuntu', version: string]>> = {
  forky: ['debian', '14'],
  trixie: ['debian', '13'],
  bookworm: ['debian', '12'],
  bullseye: ['debian', '11'],
  buster: ['debian', '10'],
  stretch: ['debian', '9'],
  jessie: ['debian', '8'],
  wheezy: ['debian', '7'],
  squeeze: ['debian', '6'],
  resolute: ['ubuntu', '26.04'],
  questing: ['ubuntu', '25.10'],
  plucky: ['ubuntu', '25.04'],
  oracular: ['ubuntu', '24.10'],
  noble: ['ubuntu', '24.04'],
  mantic: ['ubuntu', '23.10'],
  lunar: ['ubuntu', '23.04'],
  kinetic: ['ubuntu', '22.10'],
  jammy: ['ubuntu', '22.04'],
  impish: ['ubuntu', '21.10'],
  hirsute: ['ubuntu', '21.04'],
  groovy: ['ubuntu', '20.10'],
  focal: ['ubuntu', '20.04'],
  eoan: ['ubuntu', '19.10'],
  cosmic: ['ubuntu', '18.10'],
  bionic: ['ubuntu', '18.04'],
  artful: ['ubuntu', '17.10'],
  zesty: ['ubuntu', '17.04'],
  yakkety: ['ubuntu', '16.10'],
  xenial: ['ubuntu', '16.04'],
  wily: ['ubuntu', '15.10'],
  vivid: ['ubuntu', '15.04'],
  utopic: ['ubuntu', '14.10'],
  trusty: ['ubuntu', '14.04'],
  saucy: ['ubuntu', '13.10'],
  raring: ['ubuntu', '13.04'],
  quantal: ['ubuntu', '12.10'],
  precise: ['ubuntu', '12.04'],
  lucid: ['ubuntu', '10.04'],
};

const named: Readonly<Record<string, readonly [family: OsFamily, product: string]>> = {
  alpine: ['alpine', 'alpine'],
  debian: ['debian', 'debian'],
  ubuntu: ['ubuntu', 'ubuntu'],
  centos: ['rhel', 'centos'],
  rockylinux: ['rhel', 'rockylinux'],
  almalinux: ['rhel', 'almalinux'],
  ubi: ['rhel', 'rhel'],
  fedora: ['fedora', 'fedora'],
  oraclelinux: ['oracle', 'oraclelinux'],
  ol: ['oracle', 'oraclelinux'],
  amazonlinux: ['amazon', 'amazonlinux'],
  al: ['amazon', 'amazonlinux'],
};

/**
 * The distribution named in a tag: a code name (`bookworm`, `jammy`), a name with a version in one word (`alpine3.19`,
 * `ubuntu22.04`, `al2023`) or in two (`debian-12`, `alpine-3.23`). A name alone (`alpine`) pins nothing.
 */
export function distributionOf(tag: string): Distribution | undefined {
  const words = tag.split('-');
  for (const [index, word] of words.entries()) {
    const codename = Object.hasOwn(codenames, word) ? codenames[word] : undefined;
    if (codename) return { family: codename[0], product: codename[0], version: codename[1] };
    const digit = word.search(/\d/);
    const name = digit === -1 ? word : word.slice(0, digit);
    const known = Object.hasOwn(named, name) ? named[name] : undefined;
    if (!known) continue;
    const version =
      digit === -1 ? releaseAfter(known[1], words[index + 1] ?? '') : releaseOf(known[1], word.slice(digit));
    if (version !== undefined) return { family: known[0], product: known[1], version };
  }
  return undefined;
}

/** In two words the number may be the program's own (`denoland/deno:alpine-2.9.1`), unless it looks like a release. */
function releaseAfter(product: string, text: string): string | undefined {
  const forms: Readonly<Record<string, RegExp>> = { alpine: /^3\.\d+/, ubuntu: /^[12]\d\.(?:04|10)/ };
  return (forms[product] ?? /^\d{1,2}$/).test(text) ? releaseOf(product, text) : undefined;
}

/** `3.19.1` is Alpine 3.19, `12.5` is Debian 12, `22.04.3` is Ubuntu 22.04. */
function releaseOf(product: string, text: string): string | undefined {
  const parts = /^\d+(?:\.\d+)*$/.exec(text)?.[0].split('.');
  if (!parts) return undefined;
  const count = product === 'alpine' || product === 'ubuntu' ? 2 : 1;
  return parts.length < count ? undefined : parts.slice(0, count).join('.');
}
