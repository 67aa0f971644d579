import { absoluteWorkdir } from '../../cures/absolute-workdir.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

const everyTool = [
  'hadolint:DL3000',
  'trivy:DS-0009',
  'kics:workdir_path_not_absolute',
  'checkov:CKV_DOCKER_10',
  'semgrep:use-absolute-workdir',
  'dockerfilelint:invalid_workdir',
  'dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE',
];

export const relativeWorkdir: Rule = {
  id: 'dockerfile/relative-workdir',
  summary: 'A WORKDIR that is not absolute',
  why: 'Where it leads depends on the base image: a new base with another directory, and the app starts where its files are not.',
  sources: [
    'https://docs.docker.com/reference/build-checks/workdir-relative-path/',
    'https://docs.docker.com/build/building/best-practices/#workdir',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: [...everyTool, 'buildkit:WorkdirRelativePath'],
  examples: { bad: 'bad-relative', good: 'good-absolute' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'file', 'WORKDIR')) {
      const word = step.instruction.words[0];
      if (!word) continue;
      const { text, unset } = step.scope.expand(word.text);
      // A variable of the base image may well be absolute.
      if (text === undefined || text === '' || unset.length > 0 || /^(?:\/|\\|[A-Za-z]:)/.test(text)) continue;
      const isAnchored = step.workdir?.from.kind === 'file' && step.workdir.sure === 'certain';
      report({
        at: word.span,
        message: isAnchored
          ? `"${text}" leads from ${step.workdir?.value ?? '/'}, the WORKDIR above`
          : `"${text}" leads from wherever the base image stands`,
        severity: isAnchored || !step.stage.isInherited ? 'low' : 'medium',
        fix: () => absoluteWorkdir(step),
        // BuildKit does not mind where an absolute one precedes it.
        ...(isAnchored ? { aliases: everyTool } : {}),
      });
    }
  },
};
