import { limitPids } from '../../cures/limit-resources.ts';
import { writtenVersion } from '../compose-version.ts';
import { isDeployed } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const noPidsLimit: Rule = {
  id: 'compose/no-pids-limit',
  summary: 'A container may start as many processes as the host allows',
  why: 'A fork bomb, or a pool that never lets go, uses up the process ids of the host, and then nobody can even log in to stop it.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#pids_limit',
    'https://docs.kernel.org/admin-guide/cgroup-v2.html#pid',
  ],
  severity: 'low',
  // The engine may have been given a default by its operator (systemd's TasksMax, Podman's 2048).
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN8'],
  aliases: ['kics:pids_limit_not_set'],
  drill: 'pids-limit',
  examples: { bad: 'bad-default', good: 'good-deploy' },
  service(service, report, project) {
    const limit = service.pidsLimit;
    if (!isDeployed(service) || (limit && limit.value > 0)) return;
    report({
      at: limit?.span ?? service.at('pids_limit'),
      message: limit
        ? `"${service.name}" switches off its limit of processes with ${limit.value}`
        : `"${service.name}" may start as many processes as the host allows`,
      severity: limit ? 'medium' : 'low',
      confidence: limit ? 'certain' : 'likely',
      fix: () => limitPids(service, project),
      // KICS asks for it in files of version 2 only.
      ...((writtenVersion(project) ?? 2) >= 3 ? { aliases: [] } : {}),
    });
  },
};
