import { readRange } from '../../vocabulary/port.ts';
import { isContainer } from '../deployed.ts';
import { hostSide, mappingsOf, systemPortAliases } from '../published-ports.ts';
import type { Rule } from '../rule.ts';

export const systemPortPublished: Rule = {
  id: 'compose/system-port-published',
  summary: 'A port below 1024 is published',
  why: 'Only root may take these ports on a host, and in the containers of other engines: without root the service does not start there.',
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
    const aliases = systemPortAliases(service);
    for (const port of mappingsOf(service)) {
      const first = port.published === undefined ? undefined : readRange(port.published)?.first;
      if (first !== undefined && first > 0 && first < 1024)
        report({ at: port.span, message: `"${service.name}" takes ${hostSide(port)} of the host`, aliases });
      // Docker lets everybody take them inside since 20.10 (moby 41030); Kubernetes and Podman leave that to sysctls.
      else if (port.target < 1024)
        report({
          at: port.span,
          message: `"${service.name}" is reached at its port ${port.target}, which not every engine gives to all users`,
          confidence: 'guess',
          aliases,
        });
    }
  },
};
