import { withoutSudo } from '../../cures/without-sudo.ts';
import { programOf } from '../../model/image/programs.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const sudoInRun: Rule = {
  id: 'dockerfile/sudo-in-run',
  summary: 'sudo in a RUN instruction',
  why: 'For sudo to work in a build, the image must hold it and let it work without a password, and so it does for whoever breaks into the container.',
  sources: ['https://docs.docker.com/build/building/best-practices/#user'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG7'],
  aliases: [
    'hadolint:DL3004',
    'trivy:DS-0010',
    'kics:run_using_sudo',
    'checkov:CKV2_DOCKER_1',
    'semgrep:no-sudo-in-dockerfile',
    'dockle:DKL-DI-0001',
    'dockerfilelint:sudo_usage',
  ],
  byHand: 'only you know which of the lines must run as that user: put USER before them',
  examples: { bad: 'bad-as-user', good: 'good-user-instruction' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN')) {
      const isRoot = step.user?.value === 'root' || step.user?.value === '0';
      for (const command of step.commands) {
        const { name, through } = programOf(command);
        if (name !== 'sudo' && !through.includes('sudo')) continue;
        const isOther = command.words.some(({ text }) => /^(?:-u|--user|-[EHn]+u)\b/.test(text));
        report({
          at: command.span,
          // In an image that ends as a user the way back to root stays open; a build stage is thrown away.
          severity: step.stage.isInherited && !isRoot && !isOther ? 'medium' : 'low',
          message: isOther
            ? 'sudo is used to run as another user during the build'
            : isRoot
              ? 'sudo is used where the build is root already'
              : 'sudo is used to become root during the build',
          fix: () => (isOther ? undefined : withoutSudo(step, command)),
        });
      }
    }
  },
};
