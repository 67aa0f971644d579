import { edited, fixOf } from '../../edit/change.ts';
import { replaceSpan } from '../../edit/dockerfile.ts';
import type { Rule } from '../rule.ts';

export const asCasing: Rule = {
  id: 'dockerfile/as-casing',
  summary: 'FROM and AS in different case',
  why: 'A keyword that looks like a name is overlooked, and with it that a stage begins and is named here.',
  sources: ['https://docs.docker.com/reference/build-checks/from-as-casing/'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: ['buildkit:FromAsCasing'],
  optIn: true,
  examples: { bad: 'bad-mixed', good: 'good-same' },
  dockerfile(dockerfile, report) {
    for (const { from, name } of dockerfile.stages) {
      const as = from.instruction.words[1];
      const { written } = from.instruction;
      if (name === undefined || !as || (isUpper(as.text) === isUpper(written) && isLower(as.text) === isLower(written)))
        continue;
      const wanted = isUpper(written) ? 'AS' : isLower(written) ? 'as' : undefined;
      report({
        at: as.span,
        message: `"${as.text}" is not in the case of "${written}"`,
        fix: () =>
          wanted
            ? fixOf({ title: `Write ${wanted}`, safety: 'safe' }, edited(replaceSpan(as.span, wanted)))
            : undefined,
      });
    }
  },
};

const isUpper = (text: string) => text === text.toUpperCase();
const isLower = (text: string) => text === text.toLowerCase();
