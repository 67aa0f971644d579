import { makeInternal } from '../../cures/split-networks.ts';
import { booleanOf, child } from '../../model/compose/tree-access.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';
import { isDataStore } from '../shared-networks.ts';

export const databaseNetworkNotInternal: Rule = {
  id: 'compose/database-network-not-internal',
  summary: 'A data store has a way out to the Internet',
  why: 'A database never needs to call anybody: the way out serves only whoever carries the data away.',
  sources: [
    'https://docs.docker.com/reference/compose-file/networks/#internal',
    'https://docs.docker.com/compose/how-tos/networking/',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: [],
  drill: 'network-isolation',
  examples: { bad: 'bad-open', good: 'good-internal' },
  service(service, report, project) {
    // Projects without networks of their own have larger things to do first.
    if (!isContainer(service) || !isDataStore(service) || service.networks.length === 0) return;
    if (service.networks.some(({ value }) => value === 'default') || service.ports.length > 0) return;
    const open = service.networks.find(({ value }) => {
      const network = project.compose?.networks.get(value);
      // Somebody else made it: nobody here knows how.
      return booleanOf(child(network, 'internal')) !== true && booleanOf(child(network, 'external')) !== true;
    });
    const known = service.networks.every(
      ({ value }) => booleanOf(child(project.compose?.networks.get(value), 'external')) !== true,
    );
    if (!open || !known) return;
    // Were it internal, a service that publishes from this network alone would be cut off: that takes a second network.
    const publishesFromIt = project.services.some(
      ({ ports, networks }) => ports.length > 0 && networks.length === 1 && networks[0]?.value === open.value,
    );
    if (publishesFromIt) return;
    report({
      at: open.span,
      message: `"${service.name}" reaches the Internet by the network "${open.value}"`,
      fix: () => makeInternal(project, service, open.value),
    });
  },
};
