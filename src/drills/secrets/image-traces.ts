import type { Readable } from 'node:stream';
import { field } from '../../engine/endpoint.ts';
import { readLayers } from '../../engine/image-layers.ts';
import type { Lab } from '../lab.ts';
import { formsOf } from './canary.ts';
import { secretFilesInContext } from './secret-files.ts';
import type { Trace, Wanted } from './traces.ts';

/** Larger images are not read: it would be a copy of the whole. */
const mostBytes = 2 ** 30;

export interface ImageSearched {
  readonly traces: readonly Trace[];
  readonly searched: string;
  /** What was not searched, and why. */
  readonly unseen: string | undefined;
}

/**
 * Looks for real secrets in what the project builds: the history, which shows build arguments; the configuration; and
 * every file of every layer, since what a later layer removes is still in the one below.
 */
export async function searchImage(lab: Lab, image: string, wanted: readonly Wanted[]): Promise<ImageSearched> {
  const traces = new Map<string, Trace>();
  const add = (secret: string, place: string) => traces.set(`${secret}\n${place}`, { secret, place });
  const needles = wanted.map(({ name, text }) => ({ name, forms: formsOf(text) }));
  const history = await lab.images.history(image);
  for (const { name, forms } of needles)
    if (history.some((line) => forms.some((form) => line.includes(form))))
      add(name, 'the history of its image (docker history)');
  const inspected = await lab.images.inspect(image);
  const bytes = Number(field(inspected, 'Size') ?? 0);
  const where = `the history of its image (${history.length} steps)`;
  const own = secretFilesInContext(lab.service, lab.project);
  if (bytes > mostBytes)
    return {
      traces: [...traces.values()],
      searched: where,
      unseen: `the layers of its image, of ${(bytes / 2 ** 30).toFixed(1)} GiB`,
    };
  let files = 0;
  const patterns = needles.map(({ name, forms }) => ({ name, bytes: forms.map((form) => Buffer.from(form)) }));
  const { layers, unread } = await readLayers(await lab.images.save(image), async (file, content) => {
    if (file.type !== 'file' || file.bytes === 0) return;
    files++;
    const same = own.filter((one) => one.content.length === file.bytes);
    if (patterns.length === 0 && same.length === 0) return;
    const { found, whole } = await scan(content, patterns, same.length > 0);
    for (const name of found) add(name, `/${file.path} in a layer of its image`);
    for (const one of same)
      if (whole?.equals(one.content)) add(one.path, `/${file.path} in a layer of its image, as ${one.what}`);
  });
  return {
    traces: [...traces.values()],
    searched: `${where}, ${files} files in ${layers} layers`,
    unseen: unread.length > 0 ? `${unread.length} layers packed with zstd` : undefined,
  };
}

/** Reads it to its end; pieces overlap by the longest pattern, so that none is missed between two. */
async function scan(
  content: Readable,
  patterns: readonly { readonly name: string; readonly bytes: readonly Buffer[] }[],
  keep: boolean,
): Promise<{ readonly found: ReadonlySet<string>; readonly whole: Buffer | undefined }> {
  const found = new Set<string>();
  const longest = Math.max(0, ...patterns.flatMap(({ bytes }) => bytes.map(({ length }) => length)));
  const kept: Buffer[] = [];
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of content) {
    const piece: Buffer = chunk;
    if (keep) kept.push(piece);
    const both = tail.length > 0 ? Buffer.concat([tail, piece]) : piece;
    for (const { name, bytes } of patterns)
      if (!found.has(name) && bytes.some((one) => both.includes(one))) found.add(name);
    tail = longest > 1 ? both.subarray(Math.max(0, both.length - longest + 1)) : tail;
  }
  return { found, whole: keep ? Buffer.concat(kept) : undefined };
}
