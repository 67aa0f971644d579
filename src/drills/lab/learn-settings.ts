import { setTimeout as sleep } from 'node:timers/promises';
import type { Inside } from '../../inside/client.ts';
import { readinessNames } from '../../model/health-route.ts';
import type { DrillSettings } from '../settings.ts';

/** No program has it; one that answers it well answers anything, and its other answers say nothing. */
const nowhere = '/seaworthy/no-such-route';

/**
 * What the file does not say of how a service is asked, learnt from the service itself while it is well: its front page
 * says more than its health route, and it may have a route for readiness. Some ten questions.
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
    let front = await status('/');
    // Well by its health check, and still warming up: what it answers now says nothing of what it will.
    for (let again = 0; again < 5 && front !== undefined && front >= 500; again++) {
      await sleep(1000);
      front = await status('/');
    }
    // It may not speak HTTP at all.
    if (front === undefined) return settings;
    if (front < 400) learnt.requests = [{ method: 'GET', path: '/' }];
  }
  if (settings.readinessIsStated) return learnt;
  const { readinessInSources: inSources } = settings;
  if (inSources !== undefined && (await status(inSources)) === 200) return { ...learnt, readiness: inSources };
  if ((await status(nowhere)) !== 404) return learnt;
  for (const name of readinessNames)
    if ((await status(`/${name}`)) === 200) return { ...learnt, readiness: `/${name}` };
  return learnt;
}
