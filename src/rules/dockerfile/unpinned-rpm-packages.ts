import { someOf, unpinned } from '../pinning.ts';
import type { Rule } from '../rule.ts';
import { packageSteps } from '../steps.ts';

export const unpinnedRpmPackages: Rule = {
  id: 'dockerfile/unpinned-rpm-packages',
  summary: 'yum or dnf packages without a version',
  why: 'Two builds of one commit install different versions, so what was tested is not what runs.',
  sources: ['https://docs.docker.com/build/building/best-practices/#version-pinning'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: [
    'hadolint:DL3033',
    'hadolint:DL3041',
    'kics:yum_install_without_version',
    'kics:missing_version_specification_in_dnf_install',
  ],
  // Old versions leave the mirrors, so a pin breaks the build with each security update.
  optIn: true,
  byHand: 'only a build shows which versions work together; a lockfile or a pinned base says it for all',
  examples: { bad: 'bad-name-only', good: 'good-version' },
  dockerfile(dockerfile, report) {
    for (const { runs } of packageSteps(dockerfile, 'file'))
      for (const run of runs) {
        const loose = ['yum', 'dnf', 'microdnf', 'tdnf'].includes(run.manager)
          ? unpinned(run, run.written === 'module install' ? /:/ : /-\d|=/)
          : [];
        const [first] = loose;
        if (first)
          report({
            at: first.span,
            aliases:
              run.manager === 'yum'
                ? ['hadolint:DL3033', 'kics:yum_install_without_version']
                : ['hadolint:DL3041', 'kics:missing_version_specification_in_dnf_install'],
            message: `"${run.program} ${run.written}" takes any version of ${someOf(loose)}`,
          });
      }
  },
};
