import { splitNetworks } from '../../cures/split-networks.ts';
import type { Rule } from '../rule.ts';
import { entrances, isDataStore, networksOf } from '../shared-networks.ts';

export const flatNetwork: Rule = {
  id: 'compose/flat-network',
  summary: 'Proxy, application and data store are all on the one default network',
  why: 'Whoever takes over the proxy, which faces the Internet, speaks to the database directly, as if the application were not there.',
  sources: [
    'https://docs.docker.com/compose/how-tos/networking/#specify-custom-networks',
    'https://docs.docker.com/reference/compose-file/networks/',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: ['kics:networks_not_set'],
  drill: 'network-isolation',
  examples: { bad: 'bad-three-tiers', good: 'good-two-networks' },
  project(project, report) {
    const proxy = entrances(project).find((service) => isOnlyDefault(networksOf(service)));
    if (!proxy) return;
    for (const service of project.services) {
      if (!isDataStore(service) || !isOnlyDefault(networksOf(service))) continue;
      report({
        at: service.nameSpan,
        message: `"${service.name}" can be reached by "${proxy.name}", since all services share the default network`,
        service,
        fix: () => splitNetworks(project),
        related: [{ at: proxy.nameSpan, message: `"${proxy.name}" faces the outside` }],
      });
    }
  },
};

function isOnlyDefault(networks: ReadonlySet<string>): boolean {
  return networks.size === 1 && networks.has('default');
}
