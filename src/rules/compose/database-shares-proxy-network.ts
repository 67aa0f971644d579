import type { Rule } from '../rule.ts';
import { entrances, isDataStore, networksOf } from '../shared-networks.ts';

export const databaseSharesProxyNetwork: Rule = {
  id: 'compose/database-shares-proxy-network',
  summary: 'A data store is on the network of the proxy',
  why: 'The networks were made to keep the Internet-facing side from the data, and this one membership undoes it.',
  sources: [
    'https://docs.docker.com/compose/how-tos/networking/#specify-custom-networks',
    'https://docs.docker.com/reference/compose-file/services/#networks',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: [],
  drill: 'network-isolation',
  byHand: 'only you know which services must reach the data',
  examples: { bad: 'bad-shared', good: 'good-separate' },
  project(project, report) {
    const proxies = entrances(project);
    for (const service of project.services) {
      if (!isDataStore(service)) continue;
      for (const { value, span } of service.networks) {
        // `compose/flat-network` speaks of the default one.
        const proxy = value === 'default' ? undefined : proxies.find((other) => networksOf(other).has(value));
        if (!proxy) continue;
        const message = `"${service.name}" is on the network "${value}", and so is "${proxy.name}", which faces the outside`;
        report({ at: span, message, service });
      }
    }
  },
};
