import { limitMemory } from '../../cures/limit-resources.ts';
import { isDeployed } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const noMemoryLimit: Rule = {
  id: 'compose/no-memory-limit',
  summary: 'A container may take all memory of the host',
  why: 'One leak at night, and the kernel kills whatever is largest on the host, which is most often the database.',
  sources: [
    'https://docs.docker.com/engine/containers/resource_constraints/#memory',
    'https://docs.docker.com/reference/compose-file/deploy/#resources',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN5'],
  aliases: ['kics:memory_not_limited'],
  drill: 'memory-limit',
  examples: { bad: 'bad-default', good: 'good-deploy' },
  service(service, report, project) {
    if (!isDeployed(service) || (service.memoryLimit && service.memoryLimit.value > 0)) return;
    report({
      at: service.at('deploy.resources.limits'),
      message: `"${service.name}" may take all memory of the host`,
      severity: service.role.runs === 'one-shot' ? 'medium' : 'high',
      fix: () => limitMemory(service, project),
    });
  },
};
