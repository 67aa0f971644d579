import type { SuppressedFinding } from '../vocabulary/verdict.ts';
import { artifactLocation, type Json, wellFormed } from './sarif-places.ts';

/** 3.35: `inSource` is what stands in the file of the finding itself, such as a comment or `x-seaworthy` of its service. */
export function suppression({ by, at, file, reason, until }: SuppressedFinding): Json {
  const { file: place, line } = placeOf(at);
  return {
    kind: by === 'comment' || (by === 'config' && place === file) ? 'inSource' : 'external',
    status: 'accepted',
    ...(reason === undefined ? {} : { justification: wellFormed(reason) }),
    // An absolute path is none below the root, and another machine's.
    ...(place === '' || place.startsWith('/')
      ? {}
      : {
          location: {
            physicalLocation: {
              artifactLocation: artifactLocation(place),
              ...(line === undefined ? {} : { region: { startLine: line } }),
            },
          },
        }),
    properties: { by, ...(until === undefined ? {} : { until: wellFormed(until) }) },
  };
}

/** `compose.yaml:12`, or a path alone. */
function placeOf(at: string): { file: string; line?: number } {
  const colon = at.lastIndexOf(':');
  const line = /^[1-9]\d{0,8}$/.test(at.slice(colon + 1)) ? Number(at.slice(colon + 1)) : undefined;
  return colon > 0 && line !== undefined ? { file: at.slice(0, colon), line } : { file: at };
}
