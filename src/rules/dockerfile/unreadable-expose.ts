import { exposedPortsOf } from '../exposed-ports.ts';
import type { Rule } from '../rule.ts';

const ranges = [
  'hadolint:DL3011',
  'trivy:DS-0008',
  'kics:unix_ports_out_of_range',
  'semgrep:invalid-port',
  'dockerfilelint:invalid_port',
  'dockerfile-utils:INVALID_PORT',
];

export const unreadableExpose: Rule = {
  id: 'dockerfile/unreadable-expose',
  summary: 'EXPOSE of something that is no port',
  why: 'The build stops at this line: ports go from 0 to 65535, with tcp, udp or sctp.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#expose',
    'https://pkg.go.dev/github.com/docker/go-connections/nat#ParsePortSpec',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG11'],
  aliases: [...ranges, 'dockerfile-utils:INVALID_PROTO', 'buildkit:ExposeInvalidFormat'],
  byHand: 'only you know which port was meant',
  examples: { bad: 'bad-out-of-range', good: 'good-range' },
  dockerfile(dockerfile, report) {
    for (const { port, span, text } of exposedPortsOf(dockerfile)) {
      if (port.ok) continue;
      const aliases =
        port.code === 'bad-protocol'
          ? ['dockerfile-utils:INVALID_PROTO']
          : port.code === 'bad-target' || port.code === 'bad-published'
            ? ranges
            : ['buildkit:ExposeInvalidFormat', 'dockerfile-utils:INVALID_PORT'];
      report({ at: span, message: `EXPOSE ${text}: ${port.message}`, aliases });
    }
  },
};
