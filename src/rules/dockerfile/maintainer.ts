import { labelAuthors } from '../../cures/label-authors.ts';
import type { Rule } from '../rule.ts';

export const maintainer: Rule = {
  id: 'dockerfile/maintainer',
  summary: 'MAINTAINER, which Docker has deprecated',
  why: 'It sets a field that tools have stopped reading, so whoever finds the image at night does not learn whom to call.',
  sources: [
    'https://docs.docker.com/reference/build-checks/maintainer-deprecated/',
    'https://docs.docker.com/reference/dockerfile/#maintainer-deprecated',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: [
    'hadolint:DL4000',
    'trivy:DS-0022',
    'kics:maintainer_instruction_being_used',
    'checkov:CKV_DOCKER_6',
    'buildkit:MaintainerDeprecated',
    'semgrep:maintainer-is-deprecated',
    'dockerfilelint:deprecated_in_1.13',
    'dockerfile-utils:DEPRECATED_MAINTAINER',
  ],
  examples: { bad: 'bad-maintainer', good: 'good-label' },
  dockerfile(dockerfile, report) {
    for (const instruction of dockerfile.tree.instructions)
      if (instruction.keyword === 'MAINTAINER')
        report({
          at: instruction.keywordSpan,
          message: 'MAINTAINER is deprecated',
          fix: () => labelAuthors(dockerfile, instruction),
        });
  },
};
