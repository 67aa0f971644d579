import { fixOf, leftBecause } from '../edit/change.ts';
import { setAttribute } from '../edit/compose.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/**
 * `unless-stopped` rather than `always`: what somebody stopped by hand stays down after the daemon restarts
 * (https://docs.docker.com/engine/containers/start-containers-automatically/).
 */
export function restartUnlessStopped(service: Service, project: Project): Cure {
  // Somebody wrote "no": then it is a decision, and a second start may do harm (a job that is taken for a server).
  if (service.restart) return leftBecause('somebody decided that it is never restarted');
  if (service.attribute('deploy.restart_policy') !== undefined)
    return leftBecause('its deploy.restart_policy says that it is never restarted');
  return fixOf(
    {
      title: 'Restart it unless somebody stopped it',
      // What ends by itself would be started for ever.
      safety: isServer(service) ? 'safe' : 'review',
      provedBy: 'crash-restart',
    },
    setAttribute(project, service, 'restart', 'unless-stopped'),
  );
}

/** Nothing else than a server takes requests, answers a health check or keeps the data of others. */
function isServer({ image, ports, healthcheck, role }: Service): boolean {
  if (ports.length > 0 || healthcheck.kind === 'test' || role.keepsData) return true;
  return (
    image.stage === undefined &&
    image.facts?.confidence === 'certain' &&
    !image.facts.isBase &&
    image.facts.cmd !== null
  );
}

/** Docker brings it back after a reboot too, and does not give up. */
export function restartForGood(service: Service, project: Project): Cure {
  if (!service.restart) return leftBecause('only you know after how many failures somebody should be called');
  return fixOf(
    {
      title: 'Restart it unless somebody stopped it',
      safety: 'review',
      provedBy: 'crash-restart',
      note: 'it is also restarted when it ends with code 0',
    },
    setAttribute(project, service, 'restart', 'unless-stopped'),
  );
}
