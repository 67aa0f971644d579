import type { Stage } from '../../model/dockerfile/dockerfile.ts';
import type { Rule } from '../rule.ts';

export const duplicateStageName: Rule = {
  id: 'dockerfile/duplicate-stage-name',
  summary: 'Two stages of one name',
  why: 'Whatever names that stage gets the other one: the image is built from the wrong files, and the build says nothing.',
  sources: ['https://docs.docker.com/reference/build-checks/duplicate-stage-name/'],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG3'],
  aliases: [
    'hadolint:DL3024',
    'trivy:DS-0012',
    'kics:same_alias_in_different_froms',
    'checkov:CKV_DOCKER_11',
    'buildkit:DuplicateStageName',
    'semgrep:alias-must-be-unique',
    'dockerfile-utils:DUPLICATE_BUILD_STAGE_NAME',
  ],
  byHand: 'only you know which of the two is meant',
  examples: { bad: 'bad-same-name', good: 'good-distinct' },
  dockerfile(dockerfile, report) {
    const seen = new Map<string, Stage>();
    for (const stage of dockerfile.stages) {
      const { name, nameSpan } = stage;
      if (name === undefined || !nameSpan) continue;
      const first = seen.get(name);
      if (first?.nameSpan)
        report({
          at: nameSpan,
          message: `Another stage is called "${name}" already`,
          related: [{ at: first.nameSpan, message: 'the first one' }],
        });
      else seen.set(name, stage);
    }
  },
};
