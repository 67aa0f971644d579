import { limitCpu } from '../../cures/limit-resources.ts';
import { isDeployed } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const noCpuLimit: Rule = {
  id: 'compose/no-cpu-limit',
  summary: 'A container may take all processors of the host',
  why: 'One endless loop, and every other container answers too late for its health check.',
  sources: [
    'https://docs.docker.com/engine/containers/resource_constraints/#cpu',
    'https://docs.docker.com/reference/compose-file/deploy/#resources',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN5'],
  aliases: ['kics:cpus_not_limited'],
  drill: 'cpu-limit',
  examples: { bad: 'bad-default', good: 'good-deploy' },
  service(service, report, project) {
    if (!isDeployed(service) || (service.cpuLimit && service.cpuLimit.value > 0)) return;
    // Pinned to some of the processors: the others stay free.
    if (service.attribute('cpuset') !== undefined) return;
    report({
      at: service.at('deploy.resources.limits'),
      message: `"${service.name}" may take all processors of the host`,
      severity: service.role.runs === 'one-shot' ? 'low' : 'medium',
      fix: () => limitCpu(service, project),
    });
  },
};
