import { latestMeans } from '../../knowledge/floating-tags.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const imageWithoutTag: Rule = {
  id: 'compose/image-without-tag',
  summary: 'An image is named without a tag',
  why: 'Docker reads it as "latest": which version runs depends on the day of the pull, and the next deployment may bring another major version to the same data.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#image',
    'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN19', 'IMG1'],
  aliases: ['dclint:service-image-require-explicit-tag'],
  examples: { bad: 'bad-no-tag', good: 'good-tag' },
  service(service, report, project) {
    const { imageName } = service;
    // With `build:` it is the name that the built image gets.
    if (!isContainer(service) || !imageName?.reference || service.build) return;
    const { reference } = imageName;
    if (reference.tag !== undefined || reference.digest !== undefined) return;
    if (builtHere(imageName.value, project.services)) return;
    const means = latestMeans(reference);
    const now = means?.version === undefined ? '' : ` (on 2026-08-21: ${means.version})`;
    report({
      at: imageName.span,
      message:
        means?.exists === false
          ? `"${service.name}" cannot be pulled: ${reference.name} has no tag "latest"`
          : `"${service.name}" runs whatever ${reference.name} is called "latest"${now}`,
      // What a cache holds survives a version that cannot read it.
      severity:
        means?.exists === false || (service.role.keepsData && service.role.kind !== 'cache') ? 'high' : 'medium',
    });
  },
};

/** Another service of the project builds an image of that name: nothing is pulled. */
function builtHere(
  name: string,
  services: readonly { readonly build: unknown; readonly imageName?: { readonly value: string } | undefined }[],
): boolean {
  return services.some((other) => other.build !== undefined && other.imageName?.value === name);
}
