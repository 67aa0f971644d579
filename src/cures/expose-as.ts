import { edited, fixOf } from '../edit/change.ts';
import type { Dockerfile } from '../model/dockerfile/dockerfile.ts';
import type { Cure } from '../vocabulary/fix.ts';
import type { Span } from '../vocabulary/span.ts';

/** Another text for a port of EXPOSE: the part that Docker heeds anyway. */
export function exposeAs({ tree }: Dockerfile, span: Span, text: string, wanted: string): Cure | undefined {
  // A variable stands for it.
  if (tree.text.slice(span.start, span.end) !== text) return undefined;
  return fixOf({ title: `Write EXPOSE ${wanted}`, safety: 'safe' }, edited({ span, text: wanted }));
}
