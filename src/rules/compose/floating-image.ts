import { isFloatingTag, latestMeans } from '../../knowledge/floating-tags.ts';
import type { ImageReference } from '../../knowledge/image-reference.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

/** Words that say only which flavour of the newest version is meant; `postgres:alpine` jumps to the next major one. */
const flavour =
  /^(?:alpine|slim|debian|ubuntu|fpm|cli|apache|zts|jdk|jre|perl|otel|unprivileged|management|bookworm|bullseye|trixie|noble|jammy)$/;
/** Publishers that give everybody `latest` only. */
const onlyLatest = /^(?:cgr\.dev\/chainguard|gcr\.io\/distroless)\//;

export const floatingImage: Rule = {
  id: 'compose/floating-image',
  summary: 'An image tag is used that is moved to every new version',
  why: 'The version that runs depends on the day of the pull, two hosts run different ones, and there is nothing to roll back to.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#image',
    'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN19', 'IMG1'],
  aliases: ['dclint:service-image-require-explicit-tag'],
  examples: { bad: 'bad-latest', good: 'good-version' },
  service(service, report, project) {
    const { imageName } = service;
    if (!isContainer(service) || !imageName?.reference || service.build) return;
    const { reference, template } = imageName;
    const { tag } = reference;
    if (tag === undefined || reference.digest !== undefined || !isFloating(reference, tag.toLowerCase())) return;
    if (project.services.some((other) => other.build && other.imageName?.value === imageName.value)) return;
    const fallsBack = template !== undefined && new RegExp(`:?-${tag}\\}`, 'i').test(template);
    // The tag came from the environment: whoever deploys chose it there.
    const chosen = template !== undefined && !fallsBack && !template.endsWith(`:${tag}`);
    report({
      at: imageName.span,
      message: fallsBack
        ? `"${service.name}" falls back to the tag "${tag}" of ${reference.name} when its variable is not set`
        : `"${service.name}" runs whatever ${reference.name} is called "${tag}"${meaning(reference)}`,
      severity: severityOf(reference, service.role.keepsData && service.role.kind !== 'cache', fallsBack || chosen),
      confidence: chosen ? 'likely' : 'certain',
      // dclint has a list of such tags, and `alpine` is none of them.
      ...(isFloatingTag(tag) ? {} : { aliases: [] }),
    });
  },
};

function isFloating(reference: ImageReference, tag: string): boolean {
  if (isFloatingTag(tag)) return true;
  // A distribution's code name is its version, and of images without facts the word may be anything.
  const facts = imageFacts(reference);
  return facts !== undefined && facts.kind !== 'base' && tag.split('-').every((word) => flavour.test(word));
}

function severityOf(reference: ImageReference, keepsData: boolean, mayDiffer: boolean): 'high' | 'medium' | 'low' {
  if (onlyLatest.test(reference.name)) return 'low';
  return keepsData && !mayDiffer ? 'high' : 'medium';
}

function meaning(reference: ImageReference): string {
  const version = latestMeans(reference)?.version;
  return version === undefined ? '' : ` (on 2026-08-21: ${version})`;
}
