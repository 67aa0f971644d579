import { lowerCaseStage } from '../../cures/stage-names.ts';
import type { Rule } from '../rule.ts';

export const stageNameCasing: Rule = {
  id: 'dockerfile/stage-name-casing',
  summary: 'A stage name with upper-case letters',
  why: 'Docker compares stage names in lower case, so "Build" and "build" are one stage however different they look.',
  sources: ['https://docs.docker.com/reference/build-checks/stage-name-casing/'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: ['buildkit:StageNameCasing'],
  optIn: true,
  examples: { bad: 'bad-upper-case', good: 'good-lower-case' },
  dockerfile(dockerfile, report) {
    for (const stage of dockerfile.stages) {
      const { from, name } = stage;
      const written = from.instruction.words[2];
      if (name !== undefined && written && written.text !== name)
        report({
          at: written.span,
          message: `Stage "${written.text}" is "${name}" to Docker`,
          fix: () => lowerCaseStage(stage),
        });
    }
  },
};
