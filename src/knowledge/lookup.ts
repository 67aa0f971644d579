import { leastSure } from '../vocabulary/severity.ts';
import { distributionOf } from './distribution.ts';
import { endOfLife } from './end-of-life.ts';
import type { ImageFacts } from './image-facts.ts';
import { canonicalName } from './image-mirrors.ts';
import { effectiveTag, type ImageReference, parseImageReference } from './image-reference.ts';
import type { ImageRow } from './image-row.ts';
import { type Shelf, shelves } from './images/all.ts';

interface Entry {
  readonly row: ImageRow;
  /** What every name that `row.pattern` matches begins with: spares most of the tries. */
  readonly prefix: string;
  /** Compiled at first use. */
  readonly tags: () => RegExp;
  readonly name: () => RegExp;
}

const opened = new Map<Shelf, readonly Entry[]>();
const found = new Map<string, ImageFacts | undefined>();
const cacheLimit = 4096;

/**
 * What is known of an image: the first row whose name and tag match. Where no row knows the tag, or only a digest says
 * which image it is, what all rows of the image agree on. Undefined for images nobody looked at.
 */
export function imageFacts(image: ImageReference | string): ImageFacts | undefined {
  const reference = typeof image === 'string' ? parseImageReference(image) : image;
  if (!reference) return undefined;
  const name = canonicalName(reference);
  const tag = effectiveTag(reference);
  const key = tag === undefined ? name : `${name}:${tag}`;
  if (found.has(key)) return found.get(key);
  // A look-up costs about a microsecond once cached; the limit keeps a hostile project from filling the memory.
  if (found.size >= cacheLimit) found.clear();
  const facts = lookUp(reference, name, tag);
  found.set(key, facts);
  return facts;
}

function lookUp(reference: ImageReference, name: string, tag: string | undefined): ImageFacts | undefined {
  const candidates = rowsFor(name);
  if (candidates.length === 0) return undefined;
  if (tag === undefined) return agreed(candidates, name);
  if (/nanoserver|windowsservercore/.test(tag)) return windows(candidates[0] as Entry, name);
  const entry = candidates.find((candidate) => candidate.tags().test(tag));
  return entry ? dated(older(factsOf(entry.row, name), reference), name, tag) : agreed(candidates, name);
}

/** Rows for this very name first, then rows for families that the name belongs to. */
function rowsFor(name: string): readonly Entry[] {
  const listed = shelves.filter(({ names }) =>
    names.some((held) => held === name || (held.endsWith('/') && name.startsWith(held))),
  );
  const entries = matching(listed, name);
  return entries.length > 0
    ? entries
    : matching(
        shelves.filter(({ open }) => open),
        name,
      );
}

function matching(asked: readonly Shelf[], name: string): readonly Entry[] {
  const entries = asked.flatMap(entriesOf);
  const exact = entries.filter(
    ({ row }) => (row.pattern === undefined && row.image === name) || row.aliases?.includes(name),
  );
  const families = entries.filter(
    (entry) => entry.row.pattern !== undefined && name.startsWith(entry.prefix) && entry.name().test(name),
  );
  return [...exact, ...families];
}

function entriesOf(shelf: Shelf): readonly Entry[] {
  const known = opened.get(shelf);
  if (known) return known;
  const entries = shelf.rows().map((row) => {
    const { pattern = '', tags } = row;
    return { row, prefix: literalPrefix(pattern), tags: lazily(tags), name: lazily(pattern) };
  });
  opened.set(shelf, entries);
  return entries;
}

function lazily(source: string): () => RegExp {
  let compiled: RegExp | undefined;
  return () => {
    compiled ??= new RegExp(source);
    return compiled;
  };
}

function literalPrefix(pattern: string): string {
  return (/^\^((?:[\w/-]|\\\.)*)(?![?*{])/.exec(pattern)?.[1] ?? '').replaceAll('\\', '');
}

function factsOf(row: ImageRow, name: string): ImageFacts {
  const { aliases: _aliases, pattern, tags: _tags, samples: _samples, ...facts } = row;
  return {
    oneShot: false,
    buildStageOnly: false,
    isBase: false,
    ...facts,
    image: pattern === undefined ? row.image : name,
  };
}

/** Adds the release of the distribution where the tag (or distroless's name) pins one. */
function dated(facts: ImageFacts, name: string, tag: string): ImageFacts {
  const pinned = distributionOf(tag) ?? distributionOf(name.slice(name.lastIndexOf('/') + 1)) ?? ownRelease(name, tag);
  if (!pinned) return facts;
  const family = facts.os?.family;
  const aptBased = family === 'debian' || family === 'ubuntu';
  const fits = family === pinned.family || (aptBased && (pinned.family === 'debian' || pinned.family === 'ubuntu'));
  return fits ? { ...facts, os: { family: pinned.family, version: pinned.version } } : facts;
}

/** The distributions' own images: `alpine:3.19`, `debian:12-slim`. */
function ownRelease(name: string, tag: string): ReturnType<typeof distributionOf> {
  return /^[a-z]+$/.test(name) && /^\d/.test(tag) ? distributionOf(`${name}-${tag}`) : undefined;
}

// A line that had ended two years before the tables were gathered was built from other Dockerfiles than those read.
const tooOld = '2024-11-21';

function older(facts: ImageFacts, reference: ImageReference): ImageFacts {
  const isOld = endOfLife(reference, tooOld).some(({ ended }) => ended);
  if (!isOld) return facts;
  const { os, sizeMegabytes: _now, ...lasting } = facts;
  // The family has hardly ever changed, its release has with every line.
  return {
    ...lasting,
    ...(os ? { os: { family: os.family } } : {}),
    confidence: leastSure(facts.confidence, 'likely'),
  };
}

function windows({ row }: Entry, name: string): ImageFacts {
  return {
    ...factsOf(
      { image: row.image, tags: '', samples: [], kind: row.kind, confidence: 'likely', sources: row.sources },
      name,
    ),
    os: { family: 'windows' },
    libc: null,
    packageManager: null,
  };
}

/**
 * What all rows of an image say alike. What the image is built on is left out: a tag that no row knows is most often
 * another distribution.
 */
function agreed(entries: readonly Entry[], name: string): ImageFacts {
  const all = entries.map(({ row }) => factsOf(row, name));
  const first = all[0] as ImageFacts;
  const same = Object.entries(first).filter(([key, value]) => {
    const text = JSON.stringify(value);
    return !flavour.has(key) && all.every((facts) => JSON.stringify(facts[key as keyof ImageFacts]) === text);
  });
  return {
    oneShot: false,
    buildStageOnly: false,
    isBase: false,
    kind: first.kind,
    ...(Object.fromEntries(same) as Partial<ImageFacts>),
    image: first.image,
    confidence: 'guess',
    sources: [...new Set(all.flatMap(({ sources }) => sources))],
  };
}

const flavour: ReadonlySet<string> = new Set<keyof ImageFacts>([
  ...(['variant', 'confirmed', 'os', 'libc', 'packageManager', 'shell', 'tools', 'probe', 'users'] as const),
  ...(['sizeMegabytes', 'notes', 'sources'] as const),
]);
