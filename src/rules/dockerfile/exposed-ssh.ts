import { weighed } from '../bases.ts';
import { exposedPortsOf } from '../exposed-ports.ts';
import type { Rule } from '../rule.ts';

export const exposedSsh: Rule = {
  id: 'dockerfile/exposed-ssh',
  summary: 'SSH served from a container',
  why: 'A second way in, with keys or passwords baked into the image, that no audit of "docker exec" sees and that scanners try all day.',
  sources: [
    'https://docs.docker.com/engine/containers/multi-service_container/',
    'https://docs.docker.com/reference/cli/docker/container/exec/',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: ['trivy:DS-0004', 'kics:exposing_port_22', 'checkov:CKV_DOCKER_1'],
  byHand: 'only you know who logs in by it',
  examples: { bad: 'bad-22', good: 'good-http' },
  dockerfile(dockerfile, report) {
    for (const { port, span, stage, text } of exposedPortsOf(dockerfile)) {
      if (!port.ok || port.protocol !== 'tcp') continue;
      if (port.target.first !== 22 && port.target.last !== 22) continue;
      report({ at: span, message: `EXPOSE ${text} is the port of SSH`, severity: weighed(stage, 'medium') });
    }
  },
};
