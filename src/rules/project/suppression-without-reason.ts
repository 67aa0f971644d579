import type { Rule } from '../rule.ts';

export const suppressionWithoutReason: Rule = {
  id: 'project/suppression-without-reason',
  summary: 'Suppressions without a reason',
  why: 'In a year nobody knows whether the fault was weighed or only in the way.',
  sources: ['https://github.com/hadolint/hadolint#inline-ignores'],
  severity: 'low',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['CI2'],
  aliases: [],
  byHand: 'only you know the reason',
  examples: { bad: 'bad-comment', good: 'good-with-reason' },
  policy({ unreasoned }, report) {
    for (const note of unreasoned) report(note);
  },
};
