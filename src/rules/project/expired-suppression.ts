import type { Rule } from '../rule.ts';

export const expiredSuppression: Rule = {
  id: 'project/expired-suppression',
  summary: 'Suppressions past their last day',
  why: 'Somebody set a date by which the fault would be put right; it has passed, the fault is still there, and it counts again.',
  sources: ['https://github.com/hadolint/hadolint#inline-ignores'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['CI2'],
  aliases: [],
  byHand: 'only you know whether the suppression is still wanted',
  examples: { bad: 'bad-comment', good: 'good-still-valid' },
  policy({ expired }, report) {
    for (const note of expired) report(note);
  },
};
