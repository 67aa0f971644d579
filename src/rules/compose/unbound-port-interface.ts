import { bindToLoopback } from '../../cures/bind-to-loopback.ts';
import { leftBecause } from '../../edit/change.ts';
import { consoleAt } from '../consoles.ts';
import { isDeployed } from '../deployed.ts';
import {
  addressWritten,
  hostSide,
  innerService,
  isMadeForOutside,
  isPublicPort,
  mappingsOf,
  unboundAliases,
} from '../published-ports.ts';
import type { Rule } from '../rule.ts';
import { entrances } from '../shared-networks.ts';

export const unboundPortInterface: Rule = {
  id: 'compose/unbound-port-interface',
  summary: 'A port is published on every interface of the host without saying so',
  why: 'What was meant for the proxy, or for the machine next door, answers the whole Internet, past TLS and past the firewall.',
  sources: [
    'https://docs.docker.com/engine/network/port-publishing/',
    'https://docs.docker.com/reference/compose-file/services/#ports',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: unboundAliases,
  drill: 'network-isolation',
  examples: { bad: 'bad-beside-proxy', good: 'good-web-ports' },
  service(service, report, project) {
    if (!isDeployed(service)) return;
    if (service.ports.length === 0) return;
    const entrance = entrances(project).find((other) => other !== service && other.ports.some(isPublicPort));
    for (const port of mappingsOf(service)) {
      if (addressWritten(port) || isPublicPort(port)) continue;
      // Worse, and said by rules of their own.
      if ((innerService(service, port) && !isMadeForOutside(service)) || consoleAt(service, port)) continue;
      report({
        at: port.span,
        message: entrance
          ? `"${service.name}" can be reached at ${hostSide(port)} of every interface, around "${entrance.name}"`
          : `"${service.name}" can be reached at ${hostSide(port)} of every interface of the host`,
        severity: entrance ? 'medium' : 'low',
        // It may be the entrance itself.
        confidence: entrance ? 'likely' : 'guess',
        fix: () =>
          entrance
            ? bindToLoopback(service, project, port)
            : leftBecause('only you know which of the interfaces its clients come from'),
      });
    }
  },
};
