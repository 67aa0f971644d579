import { endOfLife } from '../../knowledge/end-of-life.ts';
import { noLongerRebuilt } from '../../knowledge/rebuilds.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const deprecatedImage: Rule = {
  id: 'compose/deprecated-image',
  summary: 'An image is used that its publisher has given up',
  why: 'It is not built again when a library in it gets a security fix, and one day it cannot be pulled at all.',
  sources: [
    'https://github.com/docker-library/official-images',
    'https://docs.docker.com/docker-hub/repos/manage/trusted-content/official-images/',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG17', 'SCN3'],
  aliases: [],
  byHand: 'which image takes its place is for you to choose',
  examples: { bad: 'bad-unmaintained', good: 'good-maintained' },
  service(service, report, project) {
    const { imageName } = service;
    if (!isContainer(service) || !imageName?.reference || service.build) return;
    const { reference } = imageName;
    const deprecated = service.image.facts?.deprecated;
    if (deprecated) {
      // The table tells the whole story; its beginning is enough here.
      const [story = ''] = deprecated.why.split(/[;.] /);
      const message = `"${service.name}" runs ${reference.name}, which was given up: ${story}`;
      report({ at: imageName.span, message });
      return;
    }
    const frozen = noLongerRebuilt(reference);
    // `compose/end-of-life-image` says the worse of it.
    if (!frozen || endOfLife(reference, project.today).some(({ ended }) => ended)) return;
    const tag = reference.tag ?? 'latest';
    report({
      at: imageName.span,
      message: `"${service.name}" runs ${reference.name}:${tag}, which was no longer rebuilt on ${frozen.asOf}`,
      confidence: 'likely',
    });
  },
};
