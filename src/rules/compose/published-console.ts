import { bindToLoopback } from '../../cures/bind-to-loopback.ts';
import { consoleAt, isTraefikDashboard } from '../consoles.ts';
import { isContainer } from '../deployed.ts';
import {
  addressWritten,
  hostSide,
  innerService,
  isOnAllInterfaces,
  mappingsOf,
  unboundAliases,
} from '../published-ports.ts';
import type { Rule } from '../rule.ts';

export const publishedConsole: Rule = {
  id: 'compose/published-console',
  summary: 'A tool for administrators is published on every interface of the host',
  why: 'Such tools hold the keys to everything behind them, and are the first that scanners look for.',
  sources: [
    'https://docs.docker.com/engine/network/port-publishing/',
    'https://docs.docker.com/engine/network/packet-filtering-firewalls/#docker-and-ufw',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: unboundAliases,
  drill: 'network-isolation',
  examples: { bad: 'bad-phpmyadmin', good: 'good-localhost' },
  service(service, report, project) {
    if (!isContainer(service)) return;
    for (const port of mappingsOf(service)) {
      if (!isOnAllInterfaces(port) || innerService(service, port)) continue;
      const what = consoleAt(service, port);
      if (what === undefined) continue;
      const isEngine = what === 'the Docker API';
      report({
        at: port.span,
        message: `"${service.name}" shows ${what} to everybody who reaches the host, at ${hostSide(port)}`,
        severity: isEngine ? 'critical' : isTraefikDashboard(service, port) ? 'high' : 'medium',
        aliases: addressWritten(port) ? [] : unboundAliases,
        fix: () => bindToLoopback(service, project, port),
      });
    }
  },
};
