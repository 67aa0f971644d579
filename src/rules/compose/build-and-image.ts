import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const buildAndImage: Rule = {
  id: 'compose/build-and-image',
  summary: 'A service has an image and a build',
  why: 'Which of both runs depends on what the host has already: an image of that name that was pulled wins over the Dockerfile beside it.',
  sources: ['https://docs.docker.com/reference/compose-file/build/#using-build-and-image'],
  severity: 'low',
  confidence: 'guess',
  since: '0.1.0',
  mission: ['DEP9'],
  aliases: ['dclint:no-build-and-image'],
  // It is also how one names what is built, to push it.
  optIn: true,
  byHand: 'only you know whether it is built or pulled',
  examples: { bad: 'bad-both', good: 'good-build' },
  service(service, report) {
    if (!isContainer(service) || !service.build || !service.imageName) return;
    // It says which of both counts.
    if (service.attribute('pull_policy') !== undefined) return;
    report({
      at: service.at('image'),
      message: `"${service.name}" may run ${service.imageName.value} as pulled or as built`,
    });
  },
};
