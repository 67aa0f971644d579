import type { DrillSettings } from '../settings.ts';

/** What a health check is meant to tell; `unsaid` where nothing shows it: then an outage of another may be told or not. */
export type Meaning = 'liveness' | 'readiness' | 'unsaid';

type Asked = Pick<
  DrillSettings,
  'health' | 'healthPath' | 'readiness' | 'readinessIsStated' | 'liveness' | 'livenessIsStated'
>;

/**
 * By what the file says, else by the name of the path it asks, else by a route for readiness beside it: who has two, means
 * this one for the other thing. `/health` alone says nothing: people mean both by it, and each is right in its way.
 */
export function meaningOf(settings: Asked): Meaning {
  const { health, healthPath: path, readiness, readinessIsStated, liveness, livenessIsStated } = settings;
  if (health) return health;
  if (path === undefined) return readinessIsStated ? 'liveness' : 'unsaid';
  if (livenessIsStated && path === liveness) return 'liveness';
  if (readinessIsStated && path === readiness) return 'readiness';
  if (/\b(?:live|livez|liveness|alive)\b/i.test(path)) return 'liveness';
  if (/\b(?:ready|readyz|readiness)\b/i.test(path)) return 'readiness';
  return readiness === undefined || readiness === path ? 'unsaid' : 'liveness';
}
