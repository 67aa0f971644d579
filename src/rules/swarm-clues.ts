import { child, text } from '../model/compose/tree-access.ts';
import type { Project } from '../model/project.ts';

/**
 * Attributes that only a Swarm obeys. Not `update_config` and `rollback_config`: many write them down for the day, and
 * deploy with plain Compose until then.
 */
const swarmOnly = ['mode', 'placement', 'endpoint_mode'];

/**
 * Why the project is thought to be deployed to a Swarm: `deploy.placement of "api"`. Undefined where everything in it
 * makes sense with `docker compose up`.
 */
export function swarmClue(project: Project): string | undefined {
  if (!known.has(project)) known.set(project, findClue(project));
  return known.get(project);
}

/** Every service asks. */
const known = new WeakMap<Project, string | undefined>();

function findClue(project: Project): string | undefined {
  for (const [name, network] of project.compose?.networks ?? [])
    if (text(child(network, 'driver')) === 'overlay') return `the overlay network "${name}"`;
  for (const service of project.services)
    for (const key of swarmOnly)
      if (service.attribute(`deploy.${key}`) !== undefined) return `deploy.${key} of "${service.name}"`;
  return undefined;
}
