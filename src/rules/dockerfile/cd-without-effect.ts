import { cdToWorkdir } from '../../cures/cd-to-workdir.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const cdWithoutEffect: Rule = {
  id: 'dockerfile/cd-without-effect',
  summary: 'A change of directory that ends with its RUN',
  why: 'Each RUN begins in the WORKDIR again, so what follows works in another directory than the one meant.',
  sources: ['https://docs.docker.com/build/building/best-practices/#workdir'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: ['hadolint:DL3003', 'trivy:DS-0013', 'kics:run_command_cd_instead_of_workdir', 'semgrep:use-workdir'],
  examples: { bad: 'bad-alone', good: 'good-workdir' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN')) {
      const last = step.commands.at(-1);
      if (last?.name !== 'cd' || last.within.length > 0 || last.words.length < 2) continue;
      // `cd ..` and `cd -` go back after the work is done; a first `cd` is meant for what follows.
      if (
        /^(?:-|\.\.(?:\/\.\.)*\/?|\/|~|\/tmp\/?|\/root\/?)$/.test(last.words[1]?.text ?? '') &&
        step.commands.length > 1
      )
        continue;
      report({
        at: last.span,
        message: 'Nothing runs in the directory this changes to',
        fix: () => cdToWorkdir(step, last),
      });
    }
  },
};
