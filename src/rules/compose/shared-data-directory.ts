import { dataDirectory, mountOver } from '../../model/data-places.ts';
import type { Service } from '../../model/service.ts';
import { isContainer } from '../deployed.ts';
import { areNeverTogether } from '../profiles.ts';
import type { Rule } from '../rule.ts';

export const sharedDataDirectory: Rule = {
  id: 'compose/shared-data-directory',
  summary: 'Two containers write to one data directory',
  why: 'Each server believes that the files are its own: they overwrite each other until no backup is newer than the damage.',
  sources: [
    'https://www.postgresql.org/docs/current/creating-cluster.html',
    'https://docs.docker.com/engine/storage/volumes/#share-data-between-machines',
  ],
  severity: 'critical',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN16', 'RUN15'],
  aliases: [],
  byHand: 'only you know which of the services owns the data',
  examples: { bad: 'bad-two-servers', good: 'good-own-volumes' },
  project(project, report) {
    const owners = new Map<string, Service>();
    for (const service of project.services) {
      const directory = dataDirectory(service);
      if (!isContainer(service) || directory === undefined || service.image.facts?.singleWriter !== true) continue;
      if (service.role.runs !== 'server') continue;
      const mount = mountOver(service, directory);
      if (mount?.source === undefined || mount.readOnly) continue;
      if (service.replicas.value > 1) {
        const message = `The ${service.replicas.value} replicas of "${service.name}" write to one data directory`;
        report({ at: service.replicas.span ?? mount.span, message, service });
      }
      const place = `${mount.type}\0${mount.source}\0${directory.slice(mount.target.length)}\0${subpathOf(mount.node)}`;
      const owner = owners.get(place);
      if (!owner) owners.set(place, service);
      else if (!areNeverTogether(owner, service))
        report({
          at: mount.span,
          message: `"${service.name}" writes to the data directory of "${owner.name}"`,
          service,
        });
    }
  },
};

/** Volumes are shared by parts, too. */
function subpathOf(node: Service['mounts'][number]['node']): string {
  const volume = node.entries.get('volume')?.value;
  const subpath = volume?.kind === 'map' ? volume.entries.get('subpath')?.value : undefined;
  return subpath?.kind === 'scalar' ? String(subpath.value) : '';
}
