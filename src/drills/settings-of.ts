import { wishesOf } from '../model/drill-wishes.ts';
import { healthRoute, readinessRoute } from '../model/health-route.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { DrillSettings } from './settings.ts';
import { testedUrl } from './tested-url.ts';

/** Roles whose servers speak a protocol of their own. */
export const ownProtocol: ReadonlySet<string> = new Set(['database', 'cache', 'queue']);

/** `x-seaworthy.drill` over what the service's health test and sources show. */
export function settingsOf(service: Service, project: Project): DrillSettings {
  const wishes = wishesOf(service.compose);
  const tested = testedUrl(service, project);
  const port = wishes.port ?? servedPort(service, tested?.port);
  // A health test may ask a port of its own, at which nobody else asks anything.
  const isElsewhere = tested?.port !== undefined && tested.port !== port;
  const route = isElsewhere ? undefined : (tested?.path ?? healthRoute(service, project));
  const protocol = wishes.protocol ?? (ownProtocol.has(service.role.kind) ? 'tcp' : 'http');
  return {
    requests: wishes.requests ?? [{ method: 'GET', path: wishes.readiness ?? route ?? '/' }],
    requestsAreStated: wishes.requests !== undefined,
    port,
    likelyPorts: service.listens.map(({ value }) => value),
    protocol,
    kinds: wishes.kinds ?? (protocol === 'tcp' ? ['tcp'] : ['keep-alive', 'fresh', 'slow']),
    rate: wishes.rate ?? 100,
    readiness: wishes.readiness ?? route,
    readinessIsStated: wishes.readiness !== undefined,
    liveness: wishes.liveness ?? route,
    livenessIsStated: wishes.liveness !== undefined,
    noticeMs: wishes.noticeMs ?? 1000,
    balancerRetries: wishes.balancerRetries ?? true,
    health: wishes.health,
    healthPath: tested?.path,
    healthPort: tested && (tested.port ?? (tested.isTls ? 443 : 80)),
    readinessInSources: readinessRoute(service, project),
    egress: wishes.egress,
    skip: wishes.skip ?? new Map(),
  };
}

/** What others ask comes first: the port that its health test asks may be one for health alone, or a wrong one. */
function servedPort({ ports }: Service, tested: number | undefined): number | undefined {
  if (tested === undefined) return undefined;
  const published = ports.flatMap(({ target, protocol }) => (protocol === 'tcp' ? [target] : []));
  return published.includes(tested) ? tested : (published[0] ?? tested);
}
