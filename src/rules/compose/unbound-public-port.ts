import { consoleAt } from '../consoles.ts';
import { isContainer } from '../deployed.ts';
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

export const unboundPublicPort: Rule = {
  id: 'compose/unbound-public-port',
  summary: 'A port for the public is published on every interface of the host',
  why: 'A host with a second network, to its backups or its management, answers there too.',
  sources: [
    'https://docs.docker.com/engine/network/port-publishing/',
    'https://docs.docker.com/reference/compose-file/services/#ports',
  ],
  severity: 'low',
  confidence: 'guess',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: unboundAliases,
  drill: 'network-isolation',
  // 80 and 443 are there to be reached: compose/unbound-port-interface names the ports that mostly are not.
  optIn: true,
  byHand: 'only you know which of the interfaces its clients come from',
  examples: { bad: 'bad-web', good: 'good-address' },
  service(service, report) {
    if (!isContainer(service)) return;
    for (const port of mappingsOf(service)) {
      if (addressWritten(port) || !isPublicPort(port)) continue;
      if ((innerService(service, port) && !isMadeForOutside(service)) || consoleAt(service, port)) continue;
      report({
        at: port.span,
        message: `"${service.name}" can be reached at ${hostSide(port)} of every interface of the host`,
      });
    }
  },
};
