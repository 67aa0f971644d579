import type { ImageKind } from '../image-facts.ts';
import type { ImageRow, Piece } from '../image-row.ts';

/**
 * A row of which little is known, for every tag: what the image's own page says (ports, data directory, what it is for).
 * Nobody read its Dockerfile, so nothing is said of shells and tools, and the row is never more than likely.
 */
export function thin(image: string, kind: ImageKind, facts: Piece = {}, sources: readonly string[] = []): ImageRow {
  return {
    image,
    tags: '^.+$',
    samples: ['latest'],
    kind,
    confidence: 'likely',
    ...facts,
    sources: [
      ...(facts.sources ?? []),
      ...sources,
      ...(sources.length + (facts.sources?.length ?? 0) > 0 ? [] : [page(image)]),
    ],
  };
}

/** Where the image's own documentation is shown. */
function page(image: string): string {
  if (!image.includes('/')) return `https://hub.docker.com/_/${image}`;
  return /^[^/]+\.[^/]+\//.test(image) ? `https://${image}` : `https://hub.docker.com/r/${image}`;
}

export const tcp = (...ports: number[]) => ports.map((port) => `${port}/tcp`);
