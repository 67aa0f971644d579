import { someOf } from '../pinning.ts';
import type { Rule } from '../rule.ts';
import { languageSteps } from '../steps.ts';

export const unpinnedNpmPackages: Rule = {
  id: 'dockerfile/unpinned-npm-packages',
  summary: 'npm packages named on the command line without a version',
  why: 'Two builds of one commit install different versions, and a bad release upstream is in production the same day.',
  sources: ['https://docs.npmjs.com/cli/commands/npm-install'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: ['hadolint:DL3016', 'kics:npm_install_without_pinned_version'],
  // Versions written into a Dockerfile grow old unseen: few tools update them.
  optIn: true,
  byHand: 'only a build shows which versions work together; a lockfile or a pinned base says it for all',
  examples: { bad: 'bad-name-only', good: 'good-version' },
  dockerfile(dockerfile, report) {
    for (const { runs } of languageSteps(dockerfile, 'file'))
      for (const run of runs) {
        if (run.manager !== 'npm' || !['install', 'i', 'add'].includes(run.verb)) continue;
        const loose = run.operands.filter(({ text, literal }) => literal && isLoose(text));
        const [first] = loose;
        if (!first) continue;
        report({
          at: first.span,
          message: `"${run.program} ${run.verb}" takes any version of ${someOf(loose)}`,
          // A tag is a version to the others, though it moves.
          aliases: loose.every(({ text }) => /^[^:]+@[^:]+$/.test(text.slice(1))) ? [] : unpinnedNpmPackages.aliases,
        });
      }
  },
};

/** A name without a version or with a tag that moves, or a repository without a commit; files are their own version. */
function isLoose(text: string): boolean {
  if (/^(?:git(?:\+\w+)?:|git@)/i.test(text)) return !text.includes('#');
  return /^(?:@[\w.-]+\/)?[a-z\d][\w.-]*(?:@(?:latest|next|\*)?)?$/i.test(text) && !/\.(?:tgz|tar|tar\.gz)$/.test(text);
}
