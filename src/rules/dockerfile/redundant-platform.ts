import { withoutPlatform } from '../../cures/without-platform.ts';
import type { Rule } from '../rule.ts';

export const redundantPlatform: Rule = {
  id: 'dockerfile/redundant-platform',
  summary: '--platform=$TARGETPLATFORM, which is the default',
  why: 'It looks like a choice and is none, so the next reader looks for the cross build that is not there.',
  sources: ['https://docs.docker.com/reference/build-checks/redundant-target-platform/'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: ['hadolint:DL3065', 'buildkit:RedundantTargetPlatform'],
  examples: { bad: 'bad-target-platform', good: 'good-build-platform' },
  dockerfile(dockerfile, report) {
    for (const stage of dockerfile.stages) {
      const { from } = stage;
      if (/^"?\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})"?$/.test(from.platform?.written ?? '') && from.platform)
        report({
          at: from.platform.span,
          message: `"${from.written}" is taken for the target platform anyway`,
          fix: () => withoutPlatform(stage, { safety: 'safe' }),
        });
    }
  },
};
