import { nameStage } from '../../cures/stage-names.ts';
import { copySourcesOf } from '../copy-sources.ts';
import type { Rule } from '../rule.ts';

export const numericCopyFrom: Rule = {
  id: 'dockerfile/numeric-copy-from',
  summary: 'A stage that is copied from by its number',
  why: 'A stage put in above shifts all numbers, and the image is then made of the wrong files without any error.',
  sources: ['https://docs.docker.com/build/building/multi-stage/#name-your-build-stages'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG3'],
  aliases: ['kics:using_unnamed_build_stages'],
  examples: { bad: 'bad-number', good: 'good-name' },
  dockerfile(dockerfile, report) {
    for (const { from, span, stage, named, keyword } of copySourcesOf(dockerfile))
      if (/^\d+$/.test(from) && named && named.index !== stage.index)
        report({
          at: span,
          message: `${keyword} names stage ${from} by its number`,
          fix: () => nameStage(named, span),
          related: [{ at: named.from.span, message: `stage ${from}` }],
        });
  },
};
