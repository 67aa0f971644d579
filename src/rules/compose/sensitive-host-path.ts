import { isContainer } from '../deployed.ts';
import { hostPathSeverity } from '../host-danger.ts';
import { hostDirectoryAliases, hostPath, hostPathSpan } from '../host-paths.ts';
import type { Rule } from '../rule.ts';

export const sensitiveHostPath: Rule = {
  id: 'compose/sensitive-host-path',
  summary: 'A directory of the host that belongs to its system is mounted',
  why: 'What the container writes there is written on the host, and what it reads there are the passwords and keys of the host: a break-in is not held by the container any more.',
  sources: [
    'https://docs.docker.com/engine/storage/bind-mounts/',
    'https://docs.docker.com/engine/security/#docker-daemon-attack-surface',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN4', 'RUN16'],
  aliases: ['kics:volume_has_sensitive_host_directory'],
  byHand: 'only you know what it reads there',
  examples: { bad: 'bad-etc', good: 'good-own-files' },
  service(service, report, project) {
    if (!isContainer(service)) return;
    for (const mount of service.mounts) {
      const path = hostPath(mount, project);
      if (path === undefined) continue;
      const severity = hostPathSeverity(path, mount.readOnly, service);
      if (severity === undefined) continue;
      report({
        at: hostPathSpan(mount, project),
        message: `"${service.name}" ${mount.readOnly ? 'reads' : 'may write to'} ${path} of the host`,
        severity,
        aliases: hostDirectoryAliases(path),
      });
    }
  },
};
