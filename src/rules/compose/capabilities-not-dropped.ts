import { dropCapabilities } from '../../cures/drop-capabilities.ts';
import { parseCapability } from '../../knowledge/capabilities.ts';
import { isDeployed } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const capabilitiesNotDropped: Rule = {
  id: 'compose/capabilities-not-dropped',
  summary: 'A container keeps Linux capabilities that it was never asked about',
  why: 'Docker leaves root 14 capabilities, among them forging packets, changing owners and making device files; an intruder has them all.',
  sources: [
    'https://docs.docker.com/engine/security/#linux-kernel-capabilities',
    'https://docs.docker.com/reference/compose-file/services/#cap_drop',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN2'],
  aliases: ['kics:container_capabilities_unrestricted'],
  drill: 'capabilities',
  examples: { bad: 'bad-default', good: 'good-all-dropped' },
  service(service, report, project) {
    // Privileged containers have every capability whatever is dropped: `compose/privileged` says so.
    if (!isDeployed(service) || service.privileged?.value === true) return;
    const dropped = service.capDrop.map(({ value }) => parseCapability(value));
    if (dropped.includes('ALL')) return;
    const fix = () => dropCapabilities(service, project);
    if (dropped.length === 0) {
      report({
        at: service.at('cap_drop'),
        message: `"${service.name}" keeps all of Docker's default capabilities`,
        fix,
      });
      return;
    }
    report({
      at: service.at('cap_drop'),
      message: `"${service.name}" drops some capabilities by name and keeps the rest of Docker's default set`,
      severity: 'low',
      // The peer is content with any cap_drop.
      aliases: [],
      fix,
    });
  },
};
