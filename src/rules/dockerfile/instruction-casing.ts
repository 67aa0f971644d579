import { edited, fixOf } from '../../edit/change.ts';
import { replaceSpan } from '../../edit/dockerfile.ts';
import type { Rule } from '../rule.ts';

export const instructionCasing: Rule = {
  id: 'dockerfile/instruction-casing',
  summary: 'Instructions in different case',
  why: 'An instruction that does not stand out is overlooked in review.',
  sources: ['https://docs.docker.com/reference/build-checks/consistent-instruction-casing/'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: [
    'buildkit:ConsistentInstructionCasing',
    'dockerfilelint:uppercase_commands',
    'dockerfile-utils:CASING_INSTRUCTION',
  ],
  optIn: true,
  examples: { bad: 'bad-mixed', good: 'good-upper-case' },
  dockerfile({ tree }, report) {
    const isLower = (text: string) => text === text.toLowerCase();
    const lower = tree.instructions.filter(({ written }) => isLower(written)).length;
    const wantsLower = lower > tree.instructions.length / 2;
    for (const { written, keyword, keywordSpan } of tree.instructions.flatMap((one) =>
      one.trigger ? [one, one.trigger] : [one],
    )) {
      if (written === keyword && !wantsLower) continue;
      const isOdd = written !== (wantsLower ? keyword.toLowerCase() : keyword);
      // All in lower case is consistent, to BuildKit; the others want capitals.
      const aliases = [
        ...(isOdd ? ['buildkit:ConsistentInstructionCasing'] : []),
        ...(written === keyword ? [] : ['dockerfilelint:uppercase_commands', 'dockerfile-utils:CASING_INSTRUCTION']),
      ];
      const message = isOdd
        ? `"${written}" is not in the case of the other instructions`
        : `"${written}" is not in capitals`;
      // Where all are in lower case, some tools want capitals and BuildKit does not mind: then nothing is odd.
      const wanted = isOdd && wantsLower ? keyword.toLowerCase() : keyword;
      const title = `Write ${wanted}`;
      report({
        at: keywordSpan,
        message,
        aliases,
        fix: () => fixOf({ title, safety: 'safe' }, edited(replaceSpan(keywordSpan, wanted))),
      });
    }
  },
};
