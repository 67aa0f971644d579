import { readRange } from '../../vocabulary/port.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const systemPortPublished: Rule = {
  id: 'compose/system-port-published',
  summary: 'A port below 1024 of the host is published',
  why: 'Only root may bind these ports on a host, so an engine without root cannot start the service.',
  sources: [
    'https://docs.docker.com/engine/security/rootless/tips/#exposing-privileged-ports',
    'https://docs.docker.com/engine/network/port-publishing/',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: ['kics:privileged_ports_mapped_in_container'],
  // 80 and 443 are what a proxy is for: compose/privileged-host-port names the ports that have no business here.
  optIn: true,
  byHand: 'only you know which port clients expect',
  examples: { bad: 'bad-http', good: 'good-high-port' },
  service(service, report) {
    if (!isContainer(service)) return;
    for (const port of service.ports) {
      const first = port.published === undefined ? undefined : readRange(port.published)?.first;
      if (first !== undefined && first > 0 && first < 1024)
        report({ at: port.span, message: `"${service.name}" takes port ${port.published} of the host` });
    }
  },
};
