import type { Service } from '../../model/service.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const sharedVolume: Rule = {
  id: 'compose/shared-volume',
  summary: 'Several services write to one volume',
  why: 'Whoever breaks into one of them can change what the others read and run.',
  sources: ['https://docs.docker.com/engine/storage/volumes/#share-data-between-machines'],
  severity: 'low',
  confidence: 'guess',
  since: '0.1.0',
  mission: ['RUN16'],
  aliases: ['kics:shared_volumes_between_containers'],
  // Uploads that the proxy serves, sockets, backups: mostly it is meant.
  optIn: true,
  byHand: 'only you know which of the services writes to it',
  examples: { bad: 'bad-two-writers', good: 'good-one-reads' },
  project(project, report) {
    const writers = new Map<string, Service>();
    for (const service of project.services) {
      if (!isContainer(service)) continue;
      for (const mount of service.mounts) {
        if (mount.type !== 'volume' || mount.source === undefined || mount.readOnly) continue;
        const writer = writers.get(mount.source);
        if (!writer) writers.set(mount.source, service);
        else if (writer !== service)
          report({
            at: mount.span,
            message: `"${service.name}" and "${writer.name}" both write to the volume "${mount.source}"`,
            service,
          });
      }
    }
  },
};
