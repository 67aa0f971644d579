import { distributionOf } from '../../../knowledge/distribution.ts';
import type { ImageReference } from '../../../knowledge/image-reference.ts';
import type { Service } from '../../../model/service.ts';
import { type Answer, type Part, weigh } from './answer.ts';
import { ask, built, type Look, lineAt, part, unreadable } from './look.ts';

/** A digest, or a tag with a version in it; a distribution's code name is its version. */
export function namesVersion({ name, tag, digest }: ImageReference): boolean {
  if (digest !== undefined) return true;
  // gcr.io/distroless/static-debian12:nonroot
  if (/^gcr\.io\/distroless\/.*\d$/.test(name)) return true;
  return tag !== undefined && (/\d/.test(tag) || distributionOf(tag) !== undefined);
}

/** Images from elsewhere have a version: those of FROM, and those that Compose pulls. */
export function versionTags(look: Look): Answer {
  return weigh(
    ask(look.services, (service) => (service.build ? bases(look, service) : pulled(look, service))),
    'there is no service',
  );
}

/** The same of Dockerfiles alone. */
export function pinnedBases(look: Look): Answer {
  return weigh(
    ask(built(look), (service) => bases(look, service)),
    'no image is built here',
  );
}

function pulled(look: Look, service: Service): Part {
  const { imageName } = service;
  const reference = imageName?.reference;
  if (!imageName || !reference)
    return part(look, 'open', service, ': the name of the image cannot be read', imageName?.span);
  return namesVersion(reference)
    ? part(look, 'pass', service, ['runs an image with a version', 'run images with a version'], imageName.span)
    : part(look, 'fail', service, `: ${imageName.value} names no version`, imageName.span);
}

function bases(look: Look, service: Service): Part[] {
  const unread = unreadable(look, service);
  if (unread) return [unread];
  const stages = service.build?.dockerfile?.stages.filter(({ isUsed }) => isUsed) ?? [];
  return stages.flatMap(({ from }) => {
    if (from.stage || from.isScratch)
      return [part(look, 'pass', service, ['takes its bases by version', 'take their bases by version'], from.span)];
    if (!from.reference)
      return [part(look, 'open', service, `: nothing here says which image "${from.written}" is`, from.span)];
    return namesVersion(from.reference)
      ? [part(look, 'pass', service, ['takes its bases by version', 'take their bases by version'], from.span)]
      : [part(look, 'fail', service, `: the base ${from.reference.text} names no version`, from.span)];
  });
}

/** An image that floats cannot be gone back to. */
export function rollbackPlan(look: Look): Answer {
  const floating = look.services.flatMap((service): Part[] => {
    const reference = service.imageName?.reference;
    return reference && !namesVersion(reference)
      ? [
          part(
            look,
            'fail',
            service,
            `: ${service.imageName?.value} names no version to go back to`,
            service.imageName?.span,
          ),
        ]
      : [];
  });
  if (floating.length > 0) return weigh(floating, '');
  const known = look.services.find(({ imageName }) => imageName);
  const at = known?.imageName && lineAt(look, known.imageName.span);
  return {
    state: 'open',
    evidence: known
      ? 'each image has a version to go back to; drill rollback proves that it works, and no drill has run'
      : 'drill rollback proves it; no drill has run',
    at: at === undefined ? [] : [at],
  };
}
