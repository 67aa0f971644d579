import { skipRecommends } from '../../cures/skip-recommends.ts';
import type { PackageCommand } from '../../model/image/package-commands.ts';
import { isConfigured } from '../leftovers.ts';
import type { Rule } from '../rule.ts';
import { packageSteps } from '../steps.ts';

export const aptRecommends: Rule = {
  id: 'dockerfile/apt-recommends',
  summary: 'apt installs recommended packages that nobody asked for',
  why: 'Recommended packages often double what is installed: more to pull, and more that a scanner reports and somebody must patch.',
  sources: [
    'https://docs.docker.com/build/building/best-practices/#apt-get',
    'https://www.debian.org/doc/debian-policy/ch-relationships.html#binary-dependencies-depends-recommends-suggests-enhances-pre-depends',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: [
    'hadolint:DL3015',
    'trivy:DS-0029',
    'kics:apt_get_not_avoiding_additional_packages',
    'semgrep:missing-no-install-recommends',
    'dockerfilelint:apt-get_recommends',
  ],
  examples: { bad: 'bad-plain-install', good: 'good-option' },
  dockerfile(dockerfile, report) {
    for (const { step, runs } of packageSteps(dockerfile, 'image')) {
      if (isConfigured(step, /Install-Recommends["\s=]+(?:false|0|no)\b/i)) continue;
      for (const run of runs) {
        if (run.manager !== 'apt' || run.verb !== 'install' || run.written === 'build-dep') continue;
        if (isDeclined(run) || run.packages.length === 0) continue;
        report({
          at: run.command.span,
          message: `"${run.program} ${run.written}" also installs recommended packages`,
          confidence: step.certain ? 'certain' : 'likely',
          fix: () => skipRecommends(step, run),
        });
      }
    }
  },
};

/** An option from a variable (`apt-get $OPTS install`) may be the one looked for. */
function isDeclined({ options, program, command }: PackageCommand): boolean {
  if (options.flags.has('--no-install-recommends') || options.flags.has('--without-recommends')) return true;
  if (program === 'aptitude' && options.flags.has('-R')) return true;
  return command.words.some((word) => /^\$\{?\w*(?:OPT|ARG|FLAG)/i.test(word.text));
}
