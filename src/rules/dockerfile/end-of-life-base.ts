import { endOfLife, isFreelyExtended, type Lifetime } from '../../knowledge/end-of-life.ts';
import { basesOf, shownBase } from '../bases.ts';
import { listed } from '../in-words.ts';
import type { Rule } from '../rule.ts';

export const endOfLifeBase: Rule = {
  id: 'dockerfile/end-of-life-base',
  summary: 'A base image past its end of life',
  why: 'Nobody fixes it any more: the next hole found in it stays open in every image built on it.',
  sources: [
    'https://endoflife.date/',
    'https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG1', 'SCN3'],
  aliases: [],
  examples: { bad: 'bad-node-16', good: 'good-supported' },
  dockerfile(dockerfile, report, { today }) {
    for (const base of basesOf(dockerfile)) {
      const ended = endOfLife(base.reference, today).filter((lifetime) => lifetime.ended);
      if (ended.length === 0) continue;
      const extended = ended.every((lifetime) => isFreelyExtended(lifetime, today));
      // What a build stage compiles with ends up in the result, but not its open ports and shells.
      const { isInherited, isUsed } = base.stage;
      const severity = extended || !isUsed ? 'low' : isInherited ? 'high' : 'medium';
      report({
        at: base.from.span,
        message: `${shownBase(base)} has reached its end of life: ${listed(ended.map((lifetime) => shown(lifetime, extended)))}`,
        severity,
      });
    }
  },
};

function shown({ label, cycle, since, extended }: Lifetime, withExtension: boolean): string {
  const day = since === undefined ? '' : ` on ${since}`;
  return withExtension ? `${label} ${cycle} ended${day} (LTS until ${extended})` : `${label} ${cycle} ended${day}`;
}
