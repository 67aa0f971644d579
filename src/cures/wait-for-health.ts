import { type Change, fixOf, leftBecause } from '../edit/change.ts';
import { setAttribute, writtenAttribute } from '../edit/compose.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Services that others must wait for until they answer. */
const slow: ReadonlySet<string> = new Set(['database', 'cache', 'queue', 'search']);

/** `condition: service_healthy` for a dependency that has a health check. */
export function waitForHealth(service: Service, project: Project, dependency: string): Cure {
  const target = serviceNamed(project, dependency);
  if (target?.healthcheck.kind !== 'test') return leftBecause(`"${dependency}" has no health check to wait for yet`);
  return fixOf(
    {
      title: `Start it when "${dependency}" is healthy`,
      safety: 'review',
      provedBy: 'dependency-loss',
      note: 'a health check that never passes keeps it from starting',
    },
    conditions(service, project, dependency, (other) =>
      other.healthcheck.kind === 'test' && slow.has(other.role.kind) ? 'service_healthy' : undefined,
    ),
  );
}

/** `condition: service_completed_successfully` for a job. */
export function waitForEnd(service: Service, project: Project, dependency: string): Cure {
  return fixOf(
    {
      title: `Start it when "${dependency}" has done its work`,
      safety: 'review',
      provedBy: 'dependency-loss',
    },
    conditions(service, project, dependency, (other) =>
      other.role.runs === 'one-shot' ? 'service_completed_successfully' : undefined,
    ),
  );
}

/** The long form keeps a condition that is there; the short one becomes long, and all its services are waited for. */
function conditions(
  service: Service,
  project: Project,
  dependency: string,
  conditionFor: (other: Service) => string | undefined,
): Change {
  const written = writtenAttribute(project, service, 'depends_on');
  const wanted = (name: string) => {
    const other = serviceNamed(project, name);
    return (other && conditionFor(other)) ?? 'service_started';
  };
  if (written?.kind === 'map')
    return setAttribute(project, service, `depends_on.${dependency}.condition`, wanted(dependency));
  if (written?.kind !== 'list') return leftBecause('its depends_on is written in an anchor that others use too');
  const names = written.items.map((item) => (item.kind === 'scalar' ? String(item.value) : ''));
  return setAttribute(
    project,
    service,
    'depends_on',
    Object.fromEntries(names.map((name) => [name, { condition: wanted(name) }])),
  );
}

function serviceNamed(project: Project, name: string): Service | undefined {
  return project.services.find((other) => other.compose && other.name === name);
}
