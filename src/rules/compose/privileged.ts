import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const privileged: Rule = {
  id: 'compose/privileged',
  summary: 'A container is privileged',
  why: 'A privileged container sees every device of the host and has every capability: mounting the disk of the host from inside takes one command.',
  sources: [
    'https://docs.docker.com/reference/cli/docker/container/run/#privileged',
    'https://docs.docker.com/reference/compose-file/services/#privileged',
  ],
  severity: 'critical',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN4'],
  aliases: [
    'kics:privileged_containers_enabled',
    'semgrep:privileged-service',
    'kics:container_capabilities_unrestricted',
  ],
  drill: 'capabilities',
  byHand: 'only you know which of its rights it uses; the capabilities drill proposes the least set',
  examples: { bad: 'bad-privileged', good: 'good-one-capability' },
  service(service, report) {
    if (!isContainer(service) || service.privileged?.value !== true) return;
    // The peer about capabilities looks for a missing cap_drop.
    const aliases = ['kics:privileged_containers_enabled', 'semgrep:privileged-service'];
    if (service.capDrop.length === 0) aliases.push('kics:container_capabilities_unrestricted');
    report({
      at: service.at('privileged'),
      message: `"${service.name}" is privileged: it has every capability and every device of the host`,
      aliases,
    });
  },
};
