import { someOf, unpinned } from '../pinning.ts';
import type { Rule } from '../rule.ts';
import { packageSteps } from '../steps.ts';

export const unpinnedAptPackages: Rule = {
  id: 'dockerfile/unpinned-apt-packages',
  summary: 'apt packages without a version',
  why: 'Two builds of one commit install different versions, so what was tested is not what runs.',
  sources: ['https://docs.docker.com/build/building/best-practices/#version-pinning'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: ['hadolint:DL3008', 'kics:apt_get_install_pin_version_not_defined'],
  // Debian and Ubuntu delete old versions from their mirrors, so a pin breaks the build with each security update.
  optIn: true,
  byHand: 'only a build shows which versions work together; a lockfile or a pinned base says it for all',
  examples: { bad: 'bad-name-only', good: 'good-version' },
  dockerfile(dockerfile, report) {
    for (const { runs } of packageSteps(dockerfile, 'file'))
      for (const run of runs) {
        const loose = run.manager === 'apt' ? unpinned(run, /=|\/[\w-]+$/) : [];
        const [first] = loose;
        if (first)
          report({ at: first.span, message: `"${run.program} ${run.written}" takes any version of ${someOf(loose)}` });
      }
  },
};
