import { wishesOf } from '../model/drill-wishes.ts';
import { healthRoute } from '../model/health-route.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { DrillSettings } from './settings.ts';

/** Roles whose servers speak a protocol of their own. */
export const ownProtocol: ReadonlySet<string> = new Set(['database', 'cache', 'queue']);

/** `x-seaworthy.drill` over what the service's health test and sources show. */
export function settingsOf(service: Service, project: Project): DrillSettings {
  const wishes = wishesOf(service.compose);
  const tested = testedUrl(service);
  const route = tested?.path ?? healthRoute(service, project);
  const protocol = wishes.protocol ?? (ownProtocol.has(service.role.kind) ? 'tcp' : 'http');
  return {
    requests: wishes.requests ?? [{ method: 'GET', path: wishes.readiness ?? route ?? '/' }],
    requestsAreStated: wishes.requests !== undefined,
    port: wishes.port ?? tested?.port ?? service.listens[0]?.value,
    protocol,
    kinds: wishes.kinds ?? (protocol === 'tcp' ? ['tcp'] : ['keep-alive', 'fresh', 'slow']),
    rate: wishes.rate ?? 100,
    readiness: wishes.readiness ?? route,
    readinessIsStated: wishes.readiness !== undefined,
    liveness: wishes.liveness ?? route,
    noticeMs: wishes.noticeMs ?? 1000,
    balancerRetries: wishes.balancerRetries ?? true,
    health: wishes.health ?? 'liveness',
    egress: wishes.egress,
    skip: wishes.skip ?? new Map(),
  };
}

/** The address that the health test asks: `curl -f http://localhost:3000/health`. */
function testedUrl({ healthcheck }: Service): { readonly port: number | undefined; readonly path: string } | undefined {
  if (healthcheck.kind !== 'test') return undefined;
  const words = healthcheck.test.words.map((word) => word.text).join(' ');
  const url = /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::(\d{1,5}))?(\/[^\s'"`)?#|;]*)?/.exec(words);
  if (!url) return undefined;
  return { port: url[1] === undefined ? undefined : Number(url[1]), path: url[2] ?? '/' };
}
