import { shellInstruction } from '../../cures/shell-instruction.ts';
import { programOf } from '../../model/image/programs.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const shellReplaced: Rule = {
  id: 'dockerfile/shell-replaced',
  summary: 'The system shell replaced by a link or chsh',
  why: 'Scripts of the distribution are written for its /bin/sh and break in ways nobody tests, and the next upgrade of the package puts the old shell back.',
  sources: ['https://docs.docker.com/reference/dockerfile/#shell'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: ['hadolint:DL4005', 'kics:changing_default_shell_using_run_command', 'semgrep:use-shell-instruction'],
  byHand: 'only you know which scripts count on it: SHELL ["/bin/bash", "-c"] changes the shell of RUN alone',
  examples: { bad: 'bad-link', good: 'good-shell-instruction' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN'))
      for (const command of step.commands) {
        const { name, args } = programOf(command);
        const target = args.at(-1)?.text;
        const isLink = (name === 'ln' || name === 'cp' || name === 'mv') && target === '/bin/sh' && args.length > 1;
        // The user's login shell matters to who logs in, not to RUN.
        const isChange = name === 'chsh' && args.some(({ text }) => text === '-s' || text.startsWith('--shell'));
        if (isLink && !/busybox|dash/.test(args.at(-2)?.text ?? ''))
          report({
            at: command.span,
            message: `"${name}" replaces /bin/sh by ${args.at(-2)?.text}`,
            fix: () => shellInstruction(step, command),
          });
        else if (isChange)
          report({
            at: command.span,
            message: '"chsh" changes a login shell, which RUN does not use',
            fix: () => shellInstruction(step, command),
          });
      }
  },
};
