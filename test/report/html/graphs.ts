import fc from 'fast-check';
import type { StackGraph, StackService } from '../../../src/vocabulary/stack-graph.ts';

export function service(name: string, fields: Partial<StackService> = {}): StackService {
  return {
    name,
    image: 'example/app:1',
    runs: 'server',
    kind: 'app',
    replicas: 1,
    networks: ['default'],
    networkMode: undefined,
    ports: [],
    mounts: [],
    dependsOn: [],
    ...fields,
  };
}

/** With the networks and volumes that its services name. */
export function graphOf(services: readonly StackService[]): StackGraph {
  const networks = new Set(services.flatMap((one) => one.networks));
  const volumes = new Set(
    services.flatMap((one) => one.mounts.flatMap((m) => (m.kind === 'volume' ? [m.source] : []))),
  );
  return {
    place: '',
    name: 'test',
    services,
    networks: [...networks].map((name) => ({ name, internal: false, external: false })),
    volumes: [...volumes].map((name) => ({ name, external: false })),
  };
}

export const port = { address: undefined, published: '80', target: 80, protocol: 'tcp', reach: 'everywhere' } as const;

/** Stacks of up to 30 services; who depends on whom has no circle, as Compose demands. */
export const graphs: fc.Arbitrary<StackGraph> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('app', 'database', 'cache', 'proxy', 'monitoring', 'worker', 'unknown'),
      runs: fc.constantFrom('server', 'server', 'one-shot'),
      ports: fc.array(fc.constant(port), { maxLength: 6 }),
      networks: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 4 }),
      volumes: fc.uniqueArray(fc.constantFrom('u', 'v', 'w', 'x', 'y', 'z'), { maxLength: 5 }),
      needs: fc.uniqueArray(fc.nat({ max: 29 }), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((drafts) =>
    graphOf(
      drafts.map(({ kind, runs, ports, networks, volumes, needs }, index) =>
        service(`s${index}`, {
          kind: kind as StackService['kind'],
          runs: runs as StackService['runs'],
          ports,
          networks,
          mounts: volumes.map((source) => ({ kind: 'volume', source, target: '/data', readOnly: false })),
          dependsOn: needs
            .filter((need) => need < index)
            .map((need) => ({ service: `s${need}`, condition: 'service_started' })),
        }),
      ),
    ),
  );
