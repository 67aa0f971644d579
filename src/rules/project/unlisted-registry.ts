import { type ImageReference, parseImageReference } from '../../knowledge/image-reference.ts';
import type { Project } from '../../model/project.ts';
import { remembered } from '../../vocabulary/lazily.ts';
import { isAllowed } from '../allowed-registry.ts';
import { basesOf, shownBase } from '../bases.ts';
import { copySourcesOf, namedContexts } from '../copy-sources.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const unlistedRegistry: Rule = {
  id: 'project/unlisted-registry',
  summary: 'An image from a registry that the team has not allowed',
  why: 'Whoever owns that place decides what runs in production: nobody scans, mirrors or signs what comes from there.',
  sources: [
    'https://github.com/hadolint/hadolint/wiki/DL3026',
    'https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['IMG17', 'DEP8'],
  aliases: ['hadolint:DL3026'],
  byHand: 'only you know where the image may come from',
  examples: { bad: 'bad-base', good: 'good-listed' },
  dockerfile(dockerfile, report, project) {
    if (project.registries.length === 0) return;
    const own = builtHere(project);
    const isFine = (reference: ImageReference) => own.has(reference.name) || isAllowed(reference, project.registries);
    for (const base of basesOf(dockerfile)) {
      if (isFine(base.reference)) continue;
      report({ at: base.from.span, message: `${shownBase(base)} comes from ${placeOf(base.reference)}` });
    }
    const contexts = namedContexts(dockerfile, project);
    for (const { from, span, named, keyword } of copySourcesOf(dockerfile)) {
      if (named || contexts.has(from.toLowerCase())) continue;
      const reference = parseImageReference(from);
      if (!reference || isFine(reference)) continue;
      report({
        at: span,
        message: `${keyword} takes files from "${from}", which comes from ${placeOf(reference)}`,
        // A bare word may be a context that only the build command names.
        confidence: /[/:@]/.test(from) ? 'certain' : 'likely',
      });
    }
  },
  service(service, report, project) {
    const { imageName } = service;
    // Where the service is built, `image:` is what the result is called.
    if (project.registries.length === 0 || !isContainer(service) || service.build || !imageName?.reference) return;
    const { reference } = imageName;
    if (builtHere(project).has(reference.name) || isAllowed(reference, project.registries)) return;
    report({ at: imageName.span, message: `"${service.name}" runs an image from ${placeOf(reference)}`, aliases: [] });
  },
};

/** Names of images that the project builds itself. */
const builtHere = remembered(
  (project: Project): ReadonlySet<string> =>
    new Set(
      project.services.flatMap(({ build, imageName }) =>
        build && imageName?.reference ? [imageName.reference.name] : [],
      ),
    ),
);

function placeOf({ registry, repository }: ImageReference): string {
  const account = repository.slice(0, Math.max(0, repository.lastIndexOf('/')));
  const place = account === '' ? registry : `${registry}/${account}`;
  return `${place}, which is not among the registries that are allowed`;
}
