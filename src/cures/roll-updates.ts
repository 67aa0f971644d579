import { fixOf } from '../edit/change.ts';
import { mergeAttribute, setAttribute } from '../edit/compose.ts';
import { child } from '../model/compose/tree-access.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/**
 * New before old, one at a time, back to the old version when the new one fails
 * (https://docs.docker.com/reference/compose-file/deploy/#update_config). What publishes a port of the host or keeps
 * data cannot run twice at once: there the old one stops first.
 */
export function rollUpdates(service: Service, project: Project): Cure {
  const order =
    service.role.keepsData || service.ports.some(({ mode }) => mode === 'host') ? 'stop-first' : 'start-first';
  const about = {
    title: 'Update one replica at a time, and roll back when it fails',
    safety: 'review',
    provedBy: 'graceful-stop',
  } as const;
  if (service.attribute('deploy.update_config') !== undefined)
    return fixOf(about, setAttribute(project, service, 'deploy.update_config.failure_action', 'rollback'));
  const rollback = child(service.attribute('deploy'), 'rollback_config');
  return fixOf(
    about,
    mergeAttribute(project, service, 'deploy', {
      update_config: { parallelism: 1, order, failure_action: 'rollback', monitor: '30s' },
      ...(rollback ? {} : { rollback_config: { parallelism: 1, order: 'stop-first' } }),
    }),
  );
}
