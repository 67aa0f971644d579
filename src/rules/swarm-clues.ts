import { child, text } from '../model/compose/tree-access.ts';
import type { Project } from '../model/project.ts';

/** Attributes that only a Swarm obeys. */
const swarmOnly = ['mode', 'placement', 'update_config', 'rollback_config', 'endpoint_mode'];

/**
 * Why the project is thought to be deployed to a Swarm: `deploy.placement of "api"`. Undefined where everything in it
 * makes sense with `docker compose up`.
 */
export function swarmClue(project: Project): string | undefined {
  for (const [name, network] of project.compose?.networks ?? [])
    if (text(child(network, 'driver')) === 'overlay') return `the overlay network "${name}"`;
  for (const service of project.services)
    for (const key of swarmOnly)
      if (service.attribute(`deploy.${key}`) !== undefined) return `deploy.${key} of "${service.name}"`;
  return undefined;
}
