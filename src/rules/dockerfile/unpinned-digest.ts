import { basesOf, shownBase, weighed } from '../bases.ts';
import type { Rule } from '../rule.ts';

export const unpinnedDigest: Rule = {
  id: 'dockerfile/unpinned-digest',
  summary: 'A base image that is not pinned by digest',
  why: 'Whoever can push to the registry can move a tag, so the same Dockerfile may build on other bytes tomorrow.',
  sources: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG1'],
  aliases: ['semgrep:dockerfile-source-not-pinned'],
  // Without a bot that moves it, a digest keeps every unpatched hole of its day.
  optIn: true,
  byHand: 'an engine or a registry must be asked for it',
  examples: { bad: 'bad-tag-only', good: 'good-digest' },
  dockerfile(dockerfile, report) {
    for (const base of basesOf(dockerfile)) {
      if (base.reference.digest !== undefined) continue;
      report({
        at: base.from.span,
        message: `${shownBase(base)} is not pinned by digest`,
        severity: weighed(base.stage, 'low'),
      });
    }
  },
};
