import { upgradeOnly } from '../../cures/upgrade-only.ts';
import type { Rule } from '../rule.ts';
import { packageSteps } from '../steps.ts';

const aliasesOf: Readonly<Record<string, readonly string[]>> = {
  apt: ['trivy:DS-0024', 'dockle:DKL-DI-0003', 'dockerfilelint:apt-get-dist-upgrade'],
  zypper: ['hadolint:DL3035'],
};

export const distUpgrade: Rule = {
  id: 'dockerfile/dist-upgrade',
  summary: 'The whole distribution upgraded inside the build',
  why: 'It may remove packages or move to another release, so the image is no longer the base it names, and every build gives another one.',
  sources: [
    'https://manpages.debian.org/stable/apt/apt-get.8.en.html',
    'https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12', 'SCN3'],
  aliases: Object.values(aliasesOf).flat(),
  examples: { bad: 'bad-apt-get', good: 'good-newer-base' },
  dockerfile(dockerfile, report) {
    for (const { step, runs } of packageSteps(dockerfile, 'image'))
      for (const { manager, program, written, command, verbSpan } of runs)
        if (/^(?:dist-upgrade|full-upgrade|distro-sync|dup|dist-sync)$/.test(written ?? ''))
          report({
            at: command.span,
            aliases: aliasesOf[manager] ?? [],
            message: `"${program} ${written}" upgrades the whole distribution inside the build`,
            fix: () => upgradeOnly(step, manager, verbSpan),
          });
  },
};
