import { bindToLoopback } from '../../cures/bind-to-loopback.ts';
import { isContainer } from '../deployed.ts';
import {
  addressWritten,
  hostSide,
  innerService,
  isMadeForOutside,
  isOnAllInterfaces,
  mappingsOf,
  unboundAliases,
} from '../published-ports.ts';
import type { Rule } from '../rule.ts';

export const publishedDatabase: Rule = {
  id: 'compose/published-database',
  summary: 'A data store is published on every interface of the host',
  why: "Docker's rules come before the firewall's: a published port is open to the Internet even where ufw says it is closed, and open databases are found within hours.",
  sources: [
    'https://docs.docker.com/engine/network/packet-filtering-firewalls/#docker-and-ufw',
    'https://docs.docker.com/engine/network/port-publishing/',
  ],
  severity: 'critical',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: unboundAliases,
  drill: 'network-isolation',
  examples: { bad: 'bad-postgres', good: 'good-localhost' },
  service(service, report, project) {
    if (!isContainer(service) || isMadeForOutside(service)) return;
    for (const port of mappingsOf(service)) {
      const inner = isOnAllInterfaces(port) ? innerService(service, port) : undefined;
      if (!inner) continue;
      report({
        at: port.span,
        message: `"${service.name}" opens ${inner.what} to everybody who reaches the host, at ${hostSide(port)}`,
        severity: inner.sure === 'certain' ? 'critical' : 'high',
        confidence: inner.sure,
        aliases: addressWritten(port) ? [] : unboundAliases,
        fix: () => bindToLoopback(service, project, port),
      });
    }
  },
};
