import { someOf } from '../pinning.ts';
import type { Rule } from '../rule.ts';
import { languageSteps } from '../steps.ts';

export const unpinnedGoTools: Rule = {
  id: 'dockerfile/unpinned-go-tools',
  summary: 'Go programs installed without a version',
  why: 'Two builds of one commit install different versions, and a bad release upstream is in production the same day.',
  sources: ['https://go.dev/ref/mod#go-install'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: ['hadolint:DL3062'],
  // Versions written into a Dockerfile grow old unseen: few tools update them.
  optIn: true,
  byHand: 'only a build shows which versions work together; a lockfile or a pinned base says it for all',
  examples: { bad: 'bad-name-only', good: 'good-version' },
  dockerfile(dockerfile, report) {
    for (const { runs } of languageSteps(dockerfile, 'file'))
      for (const run of runs) {
        if (run.manager !== 'go' || !['install', 'get', 'run'].includes(run.verb)) continue;
        const loose = run.operands.filter(
          ({ text, literal }) => literal && /^[\w.-]+\.[a-z]{2,}\/[\w./-]+(?:@latest)?$/.test(text),
        );
        const [first] = loose;
        if (first)
          report({ at: first.span, message: `"${run.program} ${run.verb}" takes any version of ${someOf(loose)}` });
      }
  },
};
