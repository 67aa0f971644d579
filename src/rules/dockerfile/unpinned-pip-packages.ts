import { someOf } from '../pinning.ts';
import type { Rule } from '../rule.ts';
import { languageSteps } from '../steps.ts';

export const unpinnedPipPackages: Rule = {
  id: 'dockerfile/unpinned-pip-packages',
  summary: 'pip packages named on the command line without a version',
  why: 'Two builds of one commit install different versions, and a bad release upstream is in production the same day.',
  sources: ['https://pip.pypa.io/en/stable/topics/repeatable-installs/'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: ['hadolint:DL3013', 'kics:unpinned_package_version_in_pip_install'],
  // Versions written into a Dockerfile grow old unseen: few tools update them.
  optIn: true,
  byHand: 'only a build shows which versions work together; a lockfile or a pinned base says it for all',
  examples: { bad: 'bad-name-only', good: 'good-version' },
  dockerfile(dockerfile, report) {
    for (const { runs } of languageSteps(dockerfile, 'file'))
      for (const run of runs) {
        if (
          run.manager !== 'pip' ||
          run.verb !== 'install' ||
          ['-r', '--requirement', '-c', '--constraint', '--require-hashes', '-e', '--editable'].some((name) =>
            run.options.flags.has(name),
          )
        )
          continue;
        const loose = run.operands.filter(({ text, literal }) => literal && isLoose(text));
        const [first] = loose;
        if (first)
          report({ at: first.span, message: `"${run.program} ${run.verb}" takes any version of ${someOf(loose)}` });
      }
  },
};

/** A name without a version, or a repository without a commit (`git+https://host/x@v1`). */
function isLoose(text: string): boolean {
  if (/^git\+\w+:/i.test(text)) return !/\/[^/@]+@[^/]+/.test(text.slice(text.indexOf('//') + 2));
  return /^[A-Za-z][\w.-]*(?:\[[\w,.-]*\])?$/.test(text) && !/\.(?:whl|zip|tar\.gz|tgz)$/.test(text);
}
