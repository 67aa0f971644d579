import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const cdInRun: Rule = {
  id: 'dockerfile/cd-in-run',
  summary: 'cd inside RUN where WORKDIR could stand',
  why: 'Long chains of cd are hard to follow, and a line moved to another RUN silently works in another directory.',
  sources: ['https://docs.docker.com/build/building/best-practices/#workdir'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: ['hadolint:DL3003', 'trivy:DS-0013', 'kics:run_command_cd_instead_of_workdir', 'semgrep:use-workdir'],
  // `cd x && make` in one RUN does what it says.
  optIn: true,
  byHand: 'WORKDIR would hold for all lines below, too',
  examples: { bad: 'bad-build', good: 'good-workdir' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'file', 'RUN'))
      for (const { name, words, span, within } of step.commands)
        if (name === 'cd' && words.length > 1 && !within.includes('subshell'))
          report({ at: span, message: `RUN changes the directory by "cd ${words[1]?.text}"` });
  },
};
