import type { Inside } from '../../inside/client.ts';
import type { DrillSettings } from '../settings.ts';

/** Where programs tell whether they are ready for traffic, the usual names first. */
const readinessRoutes = [
  '/readyz',
  '/ready',
  '/health/ready',
  '/healthz/ready',
  '/-/ready',
  '/actuator/health/readiness',
];

/** No program has it; one that answers it well answers anything, and its other answers say nothing. */
const nowhere = '/seaworthy/no-such-route';

/**
 * What the file does not say of how a service is asked, learnt from the service itself while it is well: its front page
 * says more than its health route, and it may have a route for readiness. Six questions at most.
 */
export async function learnSettings(
  settings: DrillSettings,
  at: { readonly host: string; readonly port: number },
  outside: Inside,
): Promise<DrillSettings> {
  if (settings.protocol === 'tcp') return settings;
  const status = async (path: string) => (await outside.http(at.host, at.port, { method: 'GET', path }, 5000)).status;
  const learnt: { -readonly [Key in keyof DrillSettings]: DrillSettings[Key] } = { ...settings };
  if (!settings.requestsAreStated) {
    const front = await status('/');
    // It may not speak HTTP at all.
    if (front === undefined) return settings;
    if (front < 400) learnt.requests = [{ method: 'GET', path: '/' }];
  }
  if (!settings.readinessIsStated && (await status(nowhere)) === 404)
    for (const route of readinessRoutes)
      if ((await status(route)) === 200) {
        learnt.readiness = route;
        break;
      }
  return learnt;
}
