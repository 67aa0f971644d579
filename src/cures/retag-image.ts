import { type Change, fixOf, leftBecause } from '../edit/change.ts';
import { writtenAttribute, yamlOf } from '../edit/compose.ts';
import type { ImageReference } from '../knowledge/image-reference.ts';
import { supportedTag, versionOfFloating } from '../knowledge/supported-tag.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** A version for an image that names none: what such a tag stood for when the tables were gathered. */
export function versionedImage(service: Service, project: Project, reference: ImageReference): Cure {
  const version = versionOfFloating(reference, project.today);
  if (version === undefined) return leftBecause('which version is meant is not known here');
  return fixOf(
    {
      title: `Run ${reference.name}:${version}`,
      safety: 'review',
      provedBy: 'boot-time',
      note: service.role.keepsData
        ? 'what the tag stood for in August 2026: if your data was made by another version, write that'
        : 'what the tag stood for in August 2026: if you run a newer one already, write that',
    },
    retagged(service, project, reference, version),
  );
}

/** The nearest tag that is still supported. Data stores are left: their data must be moved along. */
export function supportedImage(service: Service, project: Project, reference: ImageReference): Cure {
  if (service.role.keepsData && service.role.kind !== 'cache')
    return leftBecause('its data must be moved to the new version: dump it, and restore it there');
  const found = supportedTag(reference, project.today);
  if ('none' in found) return leftBecause(found.none);
  return fixOf(
    { title: `Run ${reference.name}:${found.tag}`, safety: 'review', provedBy: 'boot-time', note: found.note },
    retagged(service, project, reference, found.tag),
  );
}

/** Only the tag changes, as it is written: behind the name, or as what a variable falls back to. */
function retagged(service: Service, project: Project, { tag }: ImageReference, fresh: string): Change {
  const unclear = leftBecause('its image is written in an anchor or another file that others use too');
  const node = writtenAttribute(project, service, 'image');
  const file = node && yamlOf(project, node.span.file);
  if (node?.kind !== 'scalar' || node.alias || !file) return unclear;
  const text = file.text.slice(node.span.start, node.span.end);
  const quote = /^["']/.exec(text)?.[0] ?? '';
  const inner = text.slice(quote.length, text.length - quote.length);
  const written = inner.includes('$') ? withFallback(inner, tag, fresh) : withTag(inner, tag, fresh);
  if (written === undefined) return leftBecause('a variable names its version');
  return {
    edits: [{ span: node.span, text: `${quote}${written}${quote}` }],
    sets: [`services.${service.name}.image`],
  };
}

function withTag(inner: string, tag: string | undefined, fresh: string): string | undefined {
  if (tag === undefined) return `${inner}:${fresh}`;
  return inner.endsWith(`:${tag}`) ? `${inner.slice(0, -tag.length)}${fresh}` : undefined;
}

/** `redis:${VERSION:-latest}` */
function withFallback(inner: string, tag: string | undefined, fresh: string): string | undefined {
  const fallback = tag === undefined ? undefined : `-${tag}}`;
  return fallback !== undefined && inner.endsWith(fallback)
    ? `${inner.slice(0, -fallback.length)}-${fresh}}`
    : undefined;
}
