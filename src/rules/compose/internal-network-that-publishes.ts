import { booleanOf, child } from '../../model/compose/tree-access.ts';
import { isContainer } from '../deployed.ts';
import { hostSide } from '../published-ports.ts';
import type { Rule } from '../rule.ts';

export const internalNetworkThatPublishes: Rule = {
  id: 'compose/internal-network-that-publishes',
  summary: 'A port is published by a service that is on internal networks only',
  why: 'Docker publishes nothing on an internal network, and does not say so: the port stays dead after the deployment.',
  sources: [
    'https://docs.docker.com/reference/compose-file/networks/#internal',
    'https://docs.docker.com/reference/cli/docker/network/create/#internal',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: [],
  drill: 'network-isolation',
  byHand: 'only you know whether it must be reached, or must not go out',
  examples: { bad: 'bad-only-internal', good: 'good-both' },
  service(service, report, project) {
    if (!isContainer(service) || service.networkMode || service.networks.length === 0) return;
    const isInternal = ({ value }: { value: string }) =>
      booleanOf(child(project.compose?.networks.get(value), 'internal')) === true;
    const [port] = service.ports;
    if (!port || !service.networks.every(isInternal)) return;
    report({
      at: port.span,
      message: `"${service.name}" publishes ${hostSide(port)}, and is on internal networks only, where nothing is published`,
    });
  },
};
