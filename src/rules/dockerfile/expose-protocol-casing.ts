import { exposeAs } from '../../cures/expose-as.ts';
import { exposedPortsOf } from '../exposed-ports.ts';
import type { Rule } from '../rule.ts';

export const exposeProtocolCasing: Rule = {
  id: 'dockerfile/expose-protocol-casing',
  summary: 'EXPOSE with a protocol in capitals',
  why: 'Tools that read the image and look for "tcp" or "udp" do not find the port.',
  sources: ['https://docs.docker.com/reference/build-checks/expose-proto-casing/'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: ['buildkit:ExposeProtoCasing'],
  examples: { bad: 'bad-upper-case', good: 'good-lower-case' },
  dockerfile(dockerfile, report) {
    for (const { port, span, text } of exposedPortsOf(dockerfile)) {
      const protocol = port.ok && port.at.protocol ? text.slice(port.at.protocol.start, port.at.protocol.end) : '';
      if (protocol !== protocol.toLowerCase())
        report({
          at: span,
          message: `EXPOSE ${text} has its protocol in capitals`,
          fix: () => exposeAs(dockerfile, span, text, text.toLowerCase()),
        });
    }
  },
};
