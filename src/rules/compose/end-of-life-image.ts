import { endOfLife, isFreelyExtended, type Lifetime } from '../../knowledge/end-of-life.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const endOfLifeImage: Rule = {
  id: 'compose/end-of-life-image',
  summary: 'An image is used whose program gets no security fixes any more',
  why: 'The next hole in it is published and never closed, and upgrading under attack costs more than upgrading today.',
  sources: ['https://endoflife.date/', 'https://github.com/docker-library/official-images'],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['SCN3', 'IMG1'],
  aliases: [],
  examples: { bad: 'bad-postgres', good: 'good-supported' },
  service(service, report, project) {
    const { imageName } = service;
    // What is built here is judged where its Dockerfile says FROM.
    if (!isContainer(service) || !imageName?.reference || service.build) return;
    // The program comes first; a newer one brings its own distribution.
    const ended = endOfLife(imageName.reference, project.today).find((lifetime) => lifetime.ended);
    if (!ended) return;
    const isExtended = isFreelyExtended(ended, project.today);
    report({
      at: imageName.span,
      message: `"${service.name}" runs ${ended.label} ${ended.cycle}, which ${isExtended ? onlyExtended(ended) : since(ended)}`,
      ...(isExtended ? { severity: 'low' } : {}),
    });
  },
};

function since({ since: day }: Lifetime): string {
  return day === undefined ? 'gets no fixes any more' : `has had no fixes since ${day}`;
}

function onlyExtended({ since: day, extended }: Lifetime): string {
  return `ended${day === undefined ? '' : ` on ${day}`} and gets only the most urgent fixes, until ${extended}`;
}
