import { interpolate } from '../../read/compose-template.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { Loading } from './loading.ts';
import { child, text } from './tree-access.ts';

/** Lower case letters, digits, `-` and `_`, beginning with a letter or digit: what Compose makes of a directory name. */
export function normalizeProjectName(name: string): string {
  return (name.toLowerCase().match(/[a-z0-9_-]/g) ?? []).join('').replace(/^[_-]+/, '');
}

/** `name:` of the last file and document that has one, interpolated. */
export function nameInFiles(
  files: readonly string[],
  environment: ReadonlyMap<string, string>,
  loading: Loading,
): string | undefined {
  let found: { name: string; span: Span } | undefined;
  for (const file of files) {
    const outcome = loading.read(file, { file, start: 0, end: 0 }, 'Compose file');
    if (outcome === undefined) continue;
    for (const document of loading.parse(file, outcome).documents) {
      const node = child(document, 'name');
      const name = text(node);
      if (node && name) found = { name, span: node.span };
    }
  }
  if (!found) return undefined;
  if (loading.skip.interpolation) return found.name;
  const result = interpolate(found.name, (name) => environment.get(name));
  return result.error ? undefined : result.text;
}
