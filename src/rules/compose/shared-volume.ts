import { asList, text } from '../../model/compose/tree-access.ts';
import type { Project } from '../../model/project.ts';
import type { MountPoint, Service } from '../../model/service.ts';
import { isContainer } from '../deployed.ts';
import type { Reporter, Rule } from '../rule.ts';

interface Use {
  readonly service: Service;
  readonly mount: MountPoint;
}

export const sharedVolume: Rule = {
  id: 'compose/shared-volume',
  summary: 'What one service writes, another one has too',
  why: 'Whoever breaks into one of them can change what the others read and run.',
  sources: [
    'https://docs.docker.com/engine/storage/volumes/#share-data-between-machines',
    'https://docs.docker.com/reference/compose-file/services/#volumes_from',
  ],
  severity: 'low',
  confidence: 'guess',
  since: '0.1.0',
  mission: ['RUN16'],
  aliases: ['kics:shared_volumes_between_containers'],
  // Uploads that the proxy serves, sockets, backups: mostly it is meant.
  optIn: true,
  examples: { bad: 'bad-two-writers', good: 'good-all-read' },
  byHand: 'only you know which of the services writes to it',
  project(project, report) {
    for (const [source, uses] of usesOf(project)) {
      const [first, second] = uses.filter(({ mount }) => !mount.readOnly);
      if (!first) continue;
      for (const use of uses) tell(source, use, use === first ? (second ?? first) : first, report);
    }
    for (const service of project.services) {
      if (!isContainer(service)) continue;
      for (const node of asList(service.attribute('volumes_from'))?.items ?? [])
        report({ at: node.span, message: `"${service.name}" has all volumes of ${text(node)}`, service });
    }
  },
};

function tell(source: string, { service, mount }: Use, writer: Use, report: Reporter): void {
  if (writer.service === service) {
    report({ at: mount.span, message: `"${service.name}" writes to ${source}, which others read`, service });
    return;
  }
  report({
    at: mount.span,
    message: mount.readOnly
      ? `"${service.name}" reads what "${writer.service.name}" writes to ${source}`
      : `"${service.name}" and "${writer.service.name}" both write to ${source}`,
    service,
    related: [{ at: writer.mount.span, message: 'written to from here' }],
  });
}

/** Sources that two services or more have, each service once. */
function usesOf(project: Project): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Map<Service, Use>>();
  for (const service of project.services) {
    if (!isContainer(service)) continue;
    for (const mount of service.mounts) {
      // Sockets are there to be shared, and have rules of their own.
      if (mount.source === undefined || mount.source.endsWith('.sock')) continue;
      const key = `the ${mount.type === 'volume' ? 'volume' : 'directory'} "${mount.source}"`;
      const known = uses.get(key) ?? new Map<Service, Use>();
      if (!known.has(service)) known.set(service, { service, mount });
      uses.set(key, known);
    }
  }
  return new Map([...uses].filter(([, known]) => known.size > 1).map(([key, known]) => [key, [...known.values()]]));
}
