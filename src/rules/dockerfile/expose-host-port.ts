import { exposeAs } from '../../cures/expose-as.ts';
import { exposedPortsOf } from '../exposed-ports.ts';
import type { Rule } from '../rule.ts';

export const exposeHostPort: Rule = {
  id: 'dockerfile/expose-host-port',
  summary: 'EXPOSE with a host port or an address',
  why: 'An image cannot choose a port of its host: Docker drops that half, so what it was meant to publish or to hide is neither.',
  sources: ['https://docs.docker.com/reference/build-checks/expose-invalid-format/'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG11'],
  aliases: ['buildkit:ExposeInvalidFormat', 'dockerfilelint:expose_host_port'],
  examples: { bad: 'bad-host-port', good: 'good-container-port' },
  dockerfile(dockerfile, report) {
    for (const { port, span, text } of exposedPortsOf(dockerfile)) {
      if (!port.ok || (port.published === undefined && port.hostIp === undefined)) continue;
      const what =
        port.published === undefined
          ? 'an address'
          : port.hostIp === undefined
            ? 'a host port'
            : 'an address and a host port';
      report({
        at: span,
        message: `EXPOSE ${text} names ${what}, which has no effect`,
        fix: () => exposeAs(dockerfile, span, text, text.slice(text.lastIndexOf(':') + 1)),
      });
    }
  },
};
