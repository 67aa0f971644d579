import { child, type Maybe } from '../model/compose/tree-access.ts';
import type { HostBody } from './plan.ts';
import { numberAt, textAt } from './values.ts';

/** `deploy.restart_policy` where there is one, as Compose has it, else `restart`. */
export function restartPolicy(service: Maybe): HostBody['RestartPolicy'] {
  const deployed = child(service, 'deploy.restart_policy');
  if (deployed?.kind === 'map')
    // The specification says any where there is no condition; Compose sends none, and nothing is restarted.
    return policy(nameOf(textAt(deployed, 'condition') ?? ''), numberAt(deployed, 'max_attempts') ?? 0);
  const written = textAt(service, 'restart');
  if (written === undefined) return undefined;
  const [name = '', attempts = ''] = written.split(':');
  return policy(nameOf(name), Number.parseInt(attempts, 10) || 0);
}

/** The engine refuses a count for any policy but on-failure. */
function policy(name: string, attempts: number): HostBody['RestartPolicy'] {
  return attempts > 0 && name === 'on-failure' ? { Name: name, MaximumRetryCount: attempts } : { Name: name };
}

/** Swarm's words are other than the engine's. */
function nameOf(condition: string): string {
  if (condition === 'none') return 'no';
  return condition === 'any' ? 'always' : condition;
}
