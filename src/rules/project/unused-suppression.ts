import type { Rule } from '../rule.ts';

export const unusedSuppression: Rule = {
  id: 'project/unused-suppression',
  summary: 'Suppressions of nothing',
  why: 'The fault is gone, its permission is not: when it comes back, nobody will hear of it.',
  sources: ['https://docs.astral.sh/ruff/rules/unused-noqa/'],
  severity: 'low',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['CI2'],
  aliases: [],
  byHand: 'only you know whether the suppression is still wanted',
  examples: { bad: 'bad-nothing-there', good: 'good-at-work' },
  policy({ unused }, report) {
    for (const note of unused) report(note);
  },
};
