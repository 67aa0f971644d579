import { programSources } from './program-sources.ts';
import type { Project } from './project.ts';
import type { Service } from './service.ts';

/** Names that people give to a route which says that the program is well, best first: readiness asks for too much. */
const names = [
  'healthz',
  'health',
  'api/health',
  'livez',
  'live',
  'healthcheck',
  'health-check',
  'api/healthz',
  '_health',
  'actuator/health',
  'ping',
  'status',
];

/** Where programs tell whether they are ready for traffic, the usual names first. */
export const readinessNames = [
  'readyz',
  'ready',
  'health/ready',
  'healthz/ready',
  '-/ready',
  'actuator/health/readiness',
  'readiness',
] as const;

/** The path at which the program's own source tells whether it is ready, beside whatever else it tells. */
export function readinessRoute(service: Service, project: Project): string | undefined {
  for (const { text } of programSources(service, project))
    for (const name of readinessNames)
      if (["'", '"', '`'].some((quote) => text.includes(`/${name}${quote}`))) return `/${name}`;
  return undefined;
}

/**
 * The path at which the program's own source offers a health check: `/healthz`. Undefined where no small source file of
 * the build context shows one. A route is believed when it stands as a whole text between quotes.
 */
export function healthRoute(service: Service, project: Project): string | undefined {
  const found = new Set<string>();
  for (const { text } of programSources(service, project))
    for (const match of text.matchAll(/["'`](?:GET )?\/((?:api\/|_|actuator\/)?[a-z-]{4,12})\/?["'`]/g))
      if (match[1] !== undefined) found.add(match[1]);
  const name = names.find((candidate) => found.has(candidate));
  return name === undefined ? undefined : `/${name}`;
}
