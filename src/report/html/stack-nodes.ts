import type { StackGraph, StackMount, StackPort, StackService } from '../../vocabulary/stack-graph.ts';

/** A box of the drawing. */
export type StackNode =
  | {
      readonly id: number;
      readonly kind: 'ports';
      readonly service: StackService;
      readonly ports: readonly StackPort[];
    }
  | {
      readonly id: number;
      readonly kind: 'service';
      readonly service: StackService;
      readonly lines: readonly MountLine[];
    }
  | { readonly id: number; readonly kind: 'volume'; readonly name: string; readonly external: boolean };

/** Told on the card: a mount that no other service has, a network mode. */
export interface MountLine {
  readonly kind: StackMount['kind'] | 'mode' | 'more';
  readonly text: string;
}

/** `from` and `to` are ids of nodes; `dotted` for what is waited for without a check of its health. */
export interface StackEdge {
  readonly kind: 'port' | 'depends' | 'volume';
  readonly from: number;
  readonly to: number;
  readonly condition: string;
}

export interface Layer {
  readonly title: string;
  readonly nodes: readonly StackNode[];
}

export interface LayeredStack {
  /** From outside to data; empty ones are left out. */
  readonly layers: readonly Layer[];
  readonly edges: readonly StackEdge[];
}

const mostMountLines = 3;

const layerTitles = ['Outside', 'Proxies', 'Applications', 'Workers and jobs', 'Data', 'Monitoring', 'Shared volumes'];

/** Sorts a stack into layers: what is reached first stands on top, what all rests on at the bottom. */
export function layeredStack(graph: StackGraph): LayeredStack {
  const layers: StackNode[][] = layerTitles.map(() => []);
  const edges: StackEdge[] = [];
  const users = volumeUsers(graph);
  const serviceIds = new Map<string, number>();
  let id = 0;
  for (const service of graph.services) {
    serviceIds.set(service.name, id);
    layers[layerOf(service)]?.push({ id: id++, kind: 'service', service, lines: mountLines(service, users) });
  }
  for (const service of graph.services) {
    const self = serviceIds.get(service.name) as number;
    if (service.ports.length > 0) {
      edges.push({ kind: 'port', from: id, to: self, condition: '' });
      layers[0]?.push({ id: id++, kind: 'ports', service, ports: service.ports });
    }
    for (const { service: name, condition } of service.dependsOn) {
      const to = serviceIds.get(name);
      if (to !== undefined && to !== self) edges.push({ kind: 'depends', from: self, to, condition });
    }
  }
  for (const volume of graph.volumes) {
    const names = users.get(volume.name) ?? new Set();
    if (names.size < 2) continue;
    for (const name of names)
      edges.push({ kind: 'volume', from: serviceIds.get(name) as number, to: id, condition: '' });
    layers.at(-1)?.push({ id: id++, kind: 'volume', ...volume });
  }
  return {
    layers: layers
      .map((nodes, index) => ({ title: layerTitles[index] as string, nodes }))
      .filter((layer) => layer.nodes.length > 0),
    edges,
  };
}

function layerOf({ kind, runs }: StackService): number {
  if (kind === 'proxy') return 1;
  if (kind === 'monitoring') return 5;
  if (runs !== 'server' || kind === 'worker') return 3;
  return kind === 'app' || kind === 'unknown' ? 2 : 4;
}

function volumeUsers(graph: StackGraph): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  for (const service of graph.services)
    for (const mount of service.mounts) {
      if (mount.kind !== 'volume') continue;
      const known = users.get(mount.source);
      if (known) known.add(service.name);
      else users.set(mount.source, new Set([service.name]));
    }
  return users;
}

/** Host paths, and volumes that nobody else mounts: a line on the card says it with less clutter than a box. */
function mountLines(service: StackService, users: ReadonlyMap<string, ReadonlySet<string>>): MountLine[] {
  const own = service.mounts.filter((mount) => mount.kind === 'host' || (users.get(mount.source)?.size ?? 0) < 2);
  const lines = [...new Map(own.map((mount) => [`${mount.kind} ${mount.source}`, mount])).values()].map((mount) => ({
    kind: mount.kind,
    text: mount.source + (mount.readOnly ? ' (read-only)' : ''),
  }));
  const mode: MountLine[] = service.networkMode ? [{ kind: 'mode', text: `network: ${service.networkMode}` }] : [];
  if (lines.length <= mostMountLines) return [...mode, ...lines];
  const told = lines.slice(0, mostMountLines - 1);
  return [...mode, ...told, { kind: 'more', text: `and ${lines.length - told.length} more mounts` }];
}
