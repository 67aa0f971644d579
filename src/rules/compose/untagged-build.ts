import { isFloatingTag } from '../../knowledge/floating-tags.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const untaggedBuild: Rule = {
  id: 'compose/untagged-build',
  summary: 'An image that is built here is named without a version',
  why: 'Each build takes the name from the one before: after a bad deployment there is nothing to go back to.',
  sources: [
    'https://docs.docker.com/reference/compose-file/build/#using-build-and-image',
    'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
  ],
  severity: 'low',
  confidence: 'guess',
  since: '0.1.0',
  mission: ['RUN19'],
  aliases: ['dclint:service-image-require-explicit-tag'],
  // Many build for one host only, and go back by git.
  optIn: true,
  byHand: 'only you know how its images are named',
  examples: { bad: 'bad-no-tag', good: 'good-version' },
  service(service, report) {
    const { imageName, build } = service;
    if (!isContainer(service) || !build || !imageName?.reference) return;
    const { tag, digest } = imageName.reference;
    if (digest !== undefined || (tag !== undefined && !isFloatingTag(tag))) return;
    report({
      at: imageName.span,
      message: `Every build of "${service.name}" is called ${imageName.value}`,
    });
  },
};
