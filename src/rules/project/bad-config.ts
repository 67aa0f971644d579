import type { Rule } from '../rule.ts';

export const badConfig: Rule = {
  id: 'project/bad-config',
  summary: 'Configuration that cannot be read',
  why: 'A misspelt key or rule does nothing, silently: what somebody meant to accept still fails, or what should fail passes.',
  sources: ['https://docs.docker.com/reference/compose-file/extension/'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['CI2'],
  aliases: [],
  byHand: 'only you know what was meant',
  examples: { bad: 'bad-unknown-key', good: 'good-every-key' },
  policy({ faults }, report) {
    for (const note of faults) report(note);
  },
};
