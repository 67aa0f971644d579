import { isContainer } from '../deployed.ts';
import { hostPathSeverity } from '../host-danger.ts';
import {
  hostDirectoryAliases,
  hostPath,
  hostPathSpan,
  isOfTheHost,
  pathBehindVolume,
  pathNodeOf,
} from '../host-paths.ts';
import type { Rule } from '../rule.ts';

export const hostDirectory: Rule = {
  id: 'compose/host-directory',
  summary: 'A directory of the host is mounted by its full path',
  why: 'The project runs only where that path holds the right things, and whoever breaks in reads or changes them.',
  sources: [
    'https://docs.docker.com/engine/storage/bind-mounts/#considerations-and-constraints',
    'https://docs.docker.com/reference/compose-file/services/#volumes',
  ],
  severity: 'low',
  confidence: 'guess',
  since: '0.1.0',
  mission: ['RUN4', 'RUN16'],
  aliases: ['kics:volume_has_sensitive_host_directory'],
  // Certificates, the time zone, a disk for the data: compose/sensitive-host-path names what is dangerous.
  optIn: true,
  byHand: 'only you know what it reads there',
  examples: { bad: 'bad-home', good: 'good-relative' },
  project(project, report) {
    const used = new Set<string>();
    for (const service of project.services) {
      if (!isContainer(service)) continue;
      for (const mount of service.mounts) {
        if (mount.type === 'volume' && mount.source !== undefined) used.add(mount.source);
        const path = hostPath(mount, project);
        if (path === undefined || !isOfTheHost(path) || /\.sock(?:\.raw)?$/.test(path)) continue;
        if (hostPathSeverity(path, mount.readOnly, service) !== undefined) continue;
        report({
          at: hostPathSpan(mount, project),
          message: `"${service.name}" ${mount.readOnly ? 'reads' : 'may write to'} ${path} of the host`,
          aliases: hostDirectoryAliases(path),
          service,
        });
      }
    }
    for (const [name, volume] of project.compose?.volumes ?? []) {
      const path = pathBehindVolume(volume);
      if (used.has(name) || path === undefined || !isOfTheHost(path)) continue;
      report({ at: (pathNodeOf(volume) ?? volume).span, message: `The volume "${name}" is ${path} of the host` });
    }
  },
};
