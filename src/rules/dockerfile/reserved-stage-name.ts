import type { Rule } from '../rule.ts';

export const reservedStageName: Rule = {
  id: 'dockerfile/reserved-stage-name',
  summary: 'A stage named "scratch" or "context"',
  why: 'Docker keeps both words for itself: FROM and COPY --from that mean the stage get an empty image or the build context.',
  sources: ['https://docs.docker.com/reference/build-checks/reserved-stage-name/'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: ['hadolint:DL3063', 'buildkit:ReservedStageName'],
  byHand: 'only you know who builds the stage by its name (--target)',
  examples: { bad: 'bad-scratch', good: 'good-name' },
  dockerfile(dockerfile, report) {
    for (const { name, nameSpan } of dockerfile.stages)
      if (nameSpan && (name === 'scratch' || name === 'context'))
        report({ at: nameSpan, message: `"${name}" is a word that Docker keeps for itself` });
  },
};
