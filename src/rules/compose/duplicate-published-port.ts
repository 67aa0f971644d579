import type { PublishedPort, Service } from '../../model/service.ts';
import { readRange } from '../../vocabulary/port.ts';
import { isContainer } from '../deployed.ts';
import { areNeverTogether } from '../profiles.ts';
import { isOnAllInterfaces } from '../published-ports.ts';
import type { Rule } from '../rule.ts';

interface Taken {
  readonly service: Service;
  readonly port: PublishedPort;
}

export const duplicatePublishedPort: Rule = {
  id: 'compose/duplicate-published-port',
  summary: 'One port of the host is published twice',
  why: 'The second container fails with "port is already allocated", at a moment that depends on which one starts first.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#ports',
    'https://docs.docker.com/engine/network/port-publishing/',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['CHK4'],
  aliases: ['dclint:no-duplicate-exported-ports'],
  byHand: 'only you know which of the two keeps the port',
  examples: { bad: 'bad-two-services', good: 'good-different-addresses' },
  project(project, report) {
    const taken = new Map<string, Taken[]>();
    for (const service of project.services) {
      if (!isContainer(service)) continue;
      for (const port of service.ports) {
        const range = port.published === undefined ? undefined : readRange(port.published);
        // Of a range Docker takes any port that is free.
        if (!range || range.first !== range.last) continue;
        const key = `${range.first}/${port.protocol}`;
        const others = taken.get(key) ?? [];
        const other = others.find((one) => meet(one.port, port) && !areNeverTogether(one.service, service));
        if (other) {
          const message =
            other.service === service
              ? `"${service.name}" publishes port ${port.published} twice`
              : `"${service.name}" and "${other.service.name}" both publish port ${port.published}`;
          report({
            at: port.span,
            message,
            service,
            related: [{ at: other.port.span, message: 'published here already' }],
          });
        } else if (others.length < 100) taken.set(key, [...others, { service, port }]);
      }
    }
  },
};

function meet(first: PublishedPort, second: PublishedPort): boolean {
  return isOnAllInterfaces(first) || isOnAllInterfaces(second) || first.hostIp === second.hostIp;
}
