import { aptGet } from '../../cures/apt-get.ts';
import type { Rule } from '../rule.ts';
import { packageSteps } from '../steps.ts';

export const aptInScript: Rule = {
  id: 'dockerfile/apt-in-script',
  summary: '"apt" instead of "apt-get" in a script',
  why: '"apt" is made for people: it warns that its command line may change in any release, so a build that worked may stop working.',
  sources: ['https://manpages.debian.org/stable/apt/apt.8.en.html#SCRIPT_USAGE_AND_DIFFERENCES_FROM_OTHER_APT_TOOLS'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: ['hadolint:DL3027', 'kics:run_using_apt', 'checkov:CKV_DOCKER_9', 'semgrep:prefer-apt-get'],
  examples: { bad: 'bad-apt-install', good: 'good-apt-get' },
  dockerfile(dockerfile, report) {
    for (const { step, runs } of packageSteps(dockerfile, 'build'))
      for (const run of runs)
        if (run.program === 'apt' && run.verb !== undefined)
          report({
            at: run.command.span,
            message: `"apt ${run.written}" promises scripts no stable command line`,
            fix: () => aptGet(step, run),
          });
  },
};
