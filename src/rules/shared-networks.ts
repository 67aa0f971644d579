import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';

/** Names of the networks of the project that the service joins; none with `network_mode`. */
export function networksOf(service: Service): ReadonlySet<string> {
  return new Set(service.networkMode ? [] : service.networks.map(({ value }) => value));
}

/** Proxies that are published: they face the outside. */
export function entrances(project: Project): readonly Service[] {
  const known = found.get(project);
  if (known) return known;
  const proxies = project.services.filter(
    ({ compose, role, ports }) => compose && role.kind === 'proxy' && ports.length > 0,
  );
  found.set(project, proxies);
  return proxies;
}

/** Every service asks. */
const found = new WeakMap<Project, readonly Service[]>();

/** Keeps data, and is spoken to by other services only. */
export function isDataStore(service: Service): boolean {
  return service.compose !== undefined && ['database', 'cache', 'queue', 'search'].includes(service.role.kind);
}
