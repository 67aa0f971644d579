import type { Rule } from '../rule.ts';
import { packageSteps } from '../steps.ts';

const aliasesOf: Readonly<Record<string, readonly string[]>> = {
  apt: ['semgrep:avoid-apt-get-upgrade', 'dockerfilelint:apt-get-upgrade'],
  apk: ['semgrep:avoid-apk-upgrade'],
  dnf: ['semgrep:avoid-dnf-update'],
  yum: ['semgrep:avoid-yum-update'],
  zypper: ['semgrep:avoid-zypper-update'],
};

export const upgradeInBuild: Rule = {
  id: 'dockerfile/upgrade-in-build',
  summary: 'Packages of the base image upgraded inside the build',
  why: 'The cached layer upgrades once and never again, packages are in the image twice, and two builds of one commit differ; a newer base does it better.',
  sources: ['https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12', 'SCN3'],
  aliases: Object.values(aliasesOf).flat(),
  // Many do this on purpose, to have patches before the base has them.
  optIn: true,
  byHand: 'a newer base image brings the same patches; only you know whether you can wait for it',
  examples: { bad: 'bad-apt-get', good: 'good-newer-base' },
  dockerfile(dockerfile, report) {
    for (const { runs } of packageSteps(dockerfile, 'file'))
      for (const { manager, program, written, verb, command } of runs)
        if (verb === 'upgrade')
          report({
            at: command.span,
            aliases: (aliasesOf[manager] ?? []).filter(
              (alias) => !alias.endsWith(':apt-get-upgrade') || written === 'upgrade',
            ),
            message: `"${program} ${written}" upgrades packages of the base image`,
          });
  },
};
