import { booleanOf, child, entriesOf, itemsOf, text, textsOf } from '../model/compose/tree-access.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { remembered } from '../vocabulary/lazily.ts';
import { isContainer } from './deployed.ts';

/** What other projects call their services there, nobody here knows. */
export function isOnForeignNetwork(service: Service, project: Project): boolean {
  return service.networks.some(
    ({ value }) => booleanOf(child(project.compose?.networks.get(value), 'external')) === true,
  );
}

/** Containers that go by a name; looked up by each address of each service. */
export function servicesCalled(name: string, project: Project): readonly Service[] {
  return byName(project).get(name) ?? [];
}

const byName = remembered((project: Project): ReadonlyMap<string, readonly Service[]> => {
  const found = new Map<string, Service[]>();
  for (const service of project.services) {
    if (!isContainer(service)) continue;
    for (const name of new Set(namesOf(service))) {
      const known = found.get(name);
      if (known) known.push(service);
      else found.set(name, [service]);
    }
  }
  return found;
});

/** What others on its networks may call it. */
export function namesOf(service: Service): string[] {
  if (!service.compose) return [];
  const aliases = entriesOf(service.attribute('networks')).flatMap(([, network]) => textsOf(child(network, 'aliases')));
  const own = ['container_name', 'hostname'].flatMap((key) => text(service.attribute(key)) ?? []);
  return [service.name, ...own, ...aliases];
}

/** Names that only the service itself knows: links and extra hosts. */
export function ownNames(service: Service): string[] {
  const links = ['links', 'external_links'].flatMap((key) => itemsOf(service.attribute(key)));
  const linked = links.flatMap((node) => text(node)?.split(':').at(-1) ?? []);
  return [...linked, ...extraHosts(service), 'host.docker.internal'];
}

/** Names that `extra_hosts` writes into its /etc/hosts. */
export function extraHosts(service: Service): string[] {
  const hosts = service.attribute('extra_hosts');
  return [...entriesOf(hosts).map(([name]) => name), ...textsOf(hosts).map((line) => line.split(/[:=]/)[0] ?? '')];
}

/** True where a network, or another container's namespace, brings the two together. */
export function meets(service: Service, other: Service): boolean {
  if (other.networkMode) return /^(?:service|container):/.test(other.networkMode.value);
  return other.networks.some(({ value }) => service.networks.some((network) => network.value === value));
}

/** Only where the files say which ports it listens on. */
export function isDeaf(target: Service, port: number | undefined): boolean {
  const sure = target.listens.filter(({ from, sure: confidence }) => from.kind === 'file' && confidence !== 'guess');
  return port !== undefined && sure.length > 0 && target.listens.every(({ value }) => value !== port);
}

/** `5432, 8008`, for messages. */
export function heard(target: Service): string {
  return target.listens
    .slice(0, 3)
    .map(({ value }) => value)
    .join(', ');
}
