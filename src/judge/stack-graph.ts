import { booleanOf, child } from '../model/compose/tree-access.ts';
import { secretMask } from '../model/masked-lines.ts';
import type { Project } from '../model/project.ts';
import type { MountPoint, PublishedPort, Service } from '../model/service.ts';
import type { YamlNode } from '../read/yaml/tree.ts';
import { isAnyAddress, isLoopback } from '../vocabulary/ip-address.ts';
import type { StackGraph, StackMount, StackPort, StackService } from '../vocabulary/stack-graph.ts';
import { imageText } from './settings.ts';

/** The project's services and what joins them. `prefix` as in `JudgeOptions`. */
export function stackGraph(project: Project, prefix = ''): StackGraph {
  const masked = secretMask(project);
  const services = project.services.map((service) => stackService(service, masked));
  const { compose } = project;
  return {
    place: prefix,
    name: compose?.name || undefined,
    services,
    networks: distinct(services.flatMap((service) => service.networks)).map((name) => ({
      name,
      internal: isTrue(compose?.networks.get(name), 'internal'),
      external: isTrue(compose?.networks.get(name), 'external'),
    })),
    volumes: distinct(services.flatMap(volumesOf)).map((name) => ({
      name,
      external: isTrue(compose?.volumes.get(name), 'external'),
    })),
  };
}

function stackService(service: Service, masked: (text: string) => string): StackService {
  return {
    name: service.name,
    image: masked(imageText(service)),
    runs: service.role.runs,
    kind: service.role.kind,
    replicas: service.replicas.value,
    networks: distinct(service.networks.map((network) => network.value)),
    networkMode: service.networkMode && masked(service.networkMode.value),
    ports: service.ports.map(stackPort),
    mounts: service.mounts.flatMap((mount) => stackMount(mount, masked)),
    dependsOn: service.dependsOn.map(({ service: name, condition }) => ({ service: name, condition })),
  };
}

function stackPort({ hostIp, published, target, protocol }: PublishedPort): StackPort {
  const address = hostIp === undefined || hostIp === '' || isAnyAddress(hostIp) ? undefined : hostIp;
  const reach = address === undefined ? 'everywhere' : isLoopback(address) ? 'this-machine' : 'one-address';
  return { address, published, target, protocol, reach };
}

/** An anonymous volume has no name to show and nothing to share. */
function stackMount(mount: MountPoint, masked: (text: string) => string): StackMount[] {
  const kind = mount.type === 'volume' ? 'volume' : mount.type === 'bind' ? 'host' : undefined;
  if (!kind || mount.source === undefined || mount.source === '') return [];
  return [{ kind, source: masked(mount.source), target: masked(mount.target), readOnly: mount.readOnly }];
}

function volumesOf(service: StackService): string[] {
  return service.mounts.filter((mount) => mount.kind === 'volume').map((mount) => mount.source);
}

function isTrue(node: YamlNode | undefined, key: string): boolean {
  return booleanOf(child(node, key)) === true;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
