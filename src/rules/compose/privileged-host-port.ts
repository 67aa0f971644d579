import { servicePort } from '../../knowledge/default-ports.ts';
import { readRange } from '../../vocabulary/port.ts';
import type { Severity } from '../../vocabulary/severity.ts';
import { isContainer } from '../deployed.ts';
import { hostSide, isLocalOnly, isPublicPort, mappingsOf, systemPortAliases } from '../published-ports.ts';
import type { Rule } from '../rule.ts';

export const privilegedHostPort: Rule = {
  id: 'compose/privileged-host-port',
  summary: 'A system port of the host is taken by a service that has no claim to it',
  why: 'Ports below 1024 stand for services of the system: who connects to 22 or 389 trusts what answers there.',
  sources: [
    'https://docs.docker.com/engine/network/port-publishing/',
    'https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: ['kics:privileged_ports_mapped_in_container'],
  byHand: 'only you know which port clients expect',
  examples: { bad: 'bad-ssh', good: 'good-web' },
  service(service, report) {
    if (!isContainer(service)) return;
    for (const port of mappingsOf(service)) {
      const first = port.published === undefined ? undefined : readRange(port.published)?.first;
      if (first === undefined || first === 0 || first >= 1024 || isPublicPort(port) || isLocalOnly(port)) continue;
      const known = servicePort(first);
      const severity: Severity = known?.kind === 'remote-login' ? 'medium' : 'low';
      report({
        at: port.span,
        message: `"${service.name}" takes ${hostSide(port)} of the host${known ? `, where ${known.service} is expected` : ', a port of the system'}`,
        severity,
        aliases: systemPortAliases(service),
      });
    }
  },
};
