import { dropLinks } from '../../cures/drop-links.ts';
import { keySpanOf } from '../../model/compose/tree-access.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const legacyLinks: Rule = {
  id: 'compose/legacy-links',
  summary: 'Services are joined by links',
  why: 'Links are a relic of the time before networks: services on one network find each other by name anyway, and a link hides that they share one.',
  sources: [
    'https://docs.docker.com/engine/network/links/',
    'https://docs.docker.com/compose/how-tos/networking/#link-containers',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: [],
  examples: { bad: 'bad-links', good: 'good-network' },
  service(service, report, project) {
    const at = isContainer(service) ? keySpanOf(service.compose, 'links') : undefined;
    if (at)
      report({
        at,
        message: `"${service.name}" is joined to other services by links, which are no longer needed`,
        fix: () => dropLinks(service, project),
      });
  },
};
