import { isDeployed } from '../deployed.ts';
import type { Rule } from '../rule.ts';

const indirect = ['cpu_quota', 'cpuset', 'cpu_percent', 'cpu_count'];

export const indirectCpuLimit: Rule = {
  id: 'compose/indirect-cpu-limit',
  summary: 'Processors are limited by the numbers of one host',
  why: 'On a host with fewer processors the container does not start, or gets another share than it was tested with.',
  sources: [
    'https://docs.docker.com/engine/containers/resource_constraints/#configure-the-default-cfs-scheduler',
    'https://docs.docker.com/reference/compose-file/services/#cpuset',
  ],
  severity: 'low',
  confidence: 'guess',
  since: '0.1.0',
  mission: ['RUN5'],
  aliases: ['kics:cpus_not_limited'],
  drill: 'cpu-limit',
  // It does limit: who pins a service to processors mostly means it.
  optIn: true,
  byHand: 'only you know which limit was meant',
  examples: { bad: 'bad-cpuset', good: 'good-cpus' },
  service(service, report) {
    if (!isDeployed(service)) return;
    if (service.attribute('cpus') || service.attribute('deploy.resources.limits.cpus')) return;
    const key = indirect.find((name) => service.attribute(name) !== undefined);
    if (key === undefined) return;
    report({
      at: service.at(key),
      message: `"${service.name}" is held to processors by \`${key}\` alone, not by a number of them`,
    });
  },
};
