import { equalsSign } from '../../cures/equals-sign.ts';
import type { Rule } from '../rule.ts';

export const legacyKeyValue: Rule = {
  id: 'dockerfile/legacy-key-value',
  summary: 'ENV or LABEL without an equals sign',
  why: 'The whole rest of the line is the value, quotes and second names included: ENV A 1 B=2 sets one variable, not two.',
  sources: [
    'https://docs.docker.com/reference/build-checks/legacy-key-value-format/',
    'https://docs.docker.com/reference/dockerfile/#env',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: ['buildkit:LegacyKeyValueFormat'],
  examples: { bad: 'bad-space', good: 'good-equals' },
  dockerfile(dockerfile, report) {
    for (const { keyword, pairs } of dockerfile.tree.instructions) {
      if (keyword !== 'ENV' && keyword !== 'LABEL') continue;
      for (const pair of pairs)
        if (pair.separator === ' ')
          report({
            at: pair.keySpan,
            message: `${keyword} ${pair.key} has no "=": all that follows is its value`,
            fix: () => equalsSign(dockerfile, pair),
          });
    }
  },
};
