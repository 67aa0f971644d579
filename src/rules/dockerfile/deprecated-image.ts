import { successorBase } from '../../cures/retag-base.ts';
import { endOfLife } from '../../knowledge/end-of-life.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { noLongerRebuilt } from '../../knowledge/rebuilds.ts';
import { type Base, basesOf, shownBase, weighed } from '../bases.ts';
import type { Reporter, Rule } from '../rule.ts';

export const deprecatedImage: Rule = {
  id: 'dockerfile/deprecated-image',
  summary: 'A base image that its publisher has given up',
  why: 'It is never built again, so fixes of the distribution below it do not arrive, and one day it cannot be pulled.',
  sources: [
    'https://github.com/docker-library/official-images#what-are-official-images',
    'https://hub.docker.com/_/openjdk',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG1', 'SCN3'],
  aliases: [],
  examples: { bad: 'bad-openjdk', good: 'good-temurin' },
  dockerfile(dockerfile, report, { today }) {
    for (const base of basesOf(dockerfile)) judge(base, today, report);
  },
};

function judge(base: Base, today: string, report: Reporter): void {
  const facts = imageFacts(base.reference);
  const severity = weighed(base.stage, 'medium');
  const dated = endOfLife(base.reference, today);
  // Past its end it is deprecated anyway; once is enough.
  if (dated.some(({ ended }) => ended)) return;
  if (facts?.deprecated) {
    report({
      at: base.from.span,
      message: `${shownBase(base)} is given up by its publisher: ${firstClause(facts.deprecated.why)}`,
      severity,
      fix: () => successorBase(base.stage, base.reference, today),
    });
    return;
  }
  const frozen = noLongerRebuilt(base.reference);
  if (frozen)
    report({
      at: base.from.span,
      message: `${shownBase(base)} was no longer rebuilt on ${frozen.asOf}: fixes do not reach it`,
      severity,
    });
}

/** The tables say more than a line of a report can hold. */
function firstClause(why: string): string {
  return why.split(/; |: /)[0] ?? why;
}
