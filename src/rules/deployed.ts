import { child } from '../model/compose/tree-access.ts';
import type { Service } from '../model/service.ts';

/**
 * A Compose service that becomes a container by itself: not a lone Dockerfile, not another program's
 * (`provider:`), not a tool that somebody starts by hand behind a profile.
 */
export function isDeployed(service: Service): boolean {
  return isContainer(service) && service.role.runs !== 'tool';
}

/** A Compose service that becomes a container, by hand or not. */
export function isContainer(service: Service): boolean {
  return service.compose !== undefined && child(service.compose, 'provider') === undefined;
}
