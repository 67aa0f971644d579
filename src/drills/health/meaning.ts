import { wishesOf } from '../../model/drill-wishes.ts';
import type { Lab } from '../lab.ts';

/** What a health check is meant to tell; `unsaid` where nothing shows it: then an outage of another may be told or not. */
export type Meaning = 'liveness' | 'readiness' | 'unsaid';

/**
 * By what the file says, else by the name of the path it asks, else by a route for readiness beside it: who has two, means
 * this one for the other thing. `/health` alone says nothing: people mean both by it, and each is right in its way.
 */
export function meaningOf({ settings, service }: Pick<Lab, 'settings' | 'service'>): Meaning {
  const { health, healthPath: path, readiness } = settings;
  if (health) return health;
  if (path === undefined) return settings.readinessIsStated ? 'liveness' : 'unsaid';
  const wishes = wishesOf(service.compose);
  if (path === wishes.liveness || /\b(?:live|livez|liveness|alive)\b/i.test(path)) return 'liveness';
  if (path === wishes.readiness || /\b(?:ready|readyz|readiness)\b/i.test(path)) return 'readiness';
  return readiness === undefined || readiness === path ? 'unsaid' : 'liveness';
}
