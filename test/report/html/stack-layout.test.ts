import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Box, type Drawing, layOut, type Point } from '../../../src/report/html/stack-layout.ts';
import { graphOf, graphs, port, service } from './graphs.ts';

const wide = { cardWidth: 190, columns: 5, gap: 26, laneApart: 7 };
const narrow = { cardWidth: 152, columns: 2, gap: 14, laneApart: 5 };

function boxNamed(drawing: Drawing, name: string): Box {
  const found = drawing.nodes.find(({ node }) => node.kind === 'service' && node.service.name === name);
  if (!found) throw new Error(`no box ${name}`);
  return found;
}

describe('layers', () => {
  const drawing = layOut(
    graphOf([
      service('db', { kind: 'database' }),
      service('job', { runs: 'one-shot', dependsOn: [{ service: 'db', condition: 'service_healthy' }] }),
      service('api', { dependsOn: [{ service: 'db', condition: 'service_healthy' }] }),
      service('proxy', { kind: 'proxy', ports: [port], dependsOn: [{ service: 'api', condition: 'service_started' }] }),
    ]),
    wide,
  );

  test('from outside to data', () => {
    expect(drawing.bands.map((band) => band.title)).toEqual([
      'Outside',
      'Proxies',
      'Applications',
      'Workers and jobs',
      'Data',
    ]);
    const heights = ['proxy', 'api', 'job', 'db'].map((name) => boxNamed(drawing, name).y);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
  });

  test('a published port stands straight above the proxy', () => {
    const line = drawing.edges.find(({ edge }) => edge.kind === 'port')?.points ?? [];
    expect(line).toHaveLength(2);
    expect(line[0]?.x).toBe(line[1]?.x);
  });

  test('the network that all share is one line', () => {
    expect(drawing.rails.map(({ network }) => network)).toEqual([0]);
  });
});

test('one service is one box', () => {
  const drawing = layOut(graphOf([service('lone', { networks: [] })]), wide);
  expect(drawing.nodes).toHaveLength(1);
  expect(drawing.edges).toEqual([]);
  expect(drawing.rails).toEqual([]);
});

test('a volume that two services mount is a box of its own; one that is not shared is not', () => {
  const mount = (source: string) => ({ kind: 'volume', source, target: '/data', readOnly: false }) as const;
  const drawing = layOut(
    graphOf([service('a', { mounts: [mount('shared'), mount('own')] }), service('b', { mounts: [mount('shared')] })]),
    wide,
  );
  expect(drawing.nodes.flatMap(({ node }) => (node.kind === 'volume' ? [node.name] : []))).toEqual(['shared']);
  expect(drawing.edges.filter(({ edge }) => edge.kind === 'volume')).toHaveLength(2);
});

describe('whatever the stack', () => {
  const sizes = fc.constantFrom(wide, narrow);

  test('boxes lie apart, and within the drawing', () => {
    fc.assert(
      fc.property(graphs, sizes, (graph, size) => {
        const { nodes, width, height } = layOut(graph, size);
        expect(nodes.filter(({ node }) => node.kind === 'service')).toHaveLength(graph.services.length);
        for (const [index, one] of nodes.entries()) {
          expect(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height).toBe(true);
          for (const other of nodes.slice(index + 1)) expect(overlaps(one, other)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('lines go from box to box, and through none', () => {
    fc.assert(
      fc.property(graphs, sizes, (graph, size) => {
        const { nodes, edges } = layOut(graph, size);
        for (const { edge, points } of edges) {
          const [from, to] = [edge.from, edge.to].map((id) => nodes.find(({ node }) => node.id === id) as Box);
          expect(isOnBorder(points[0] as Point, from as Box)).toBe(true);
          expect(isOnBorder(points.at(-1) as Point, to as Box)).toBe(true);
          for (const [a, b] of stretches(points)) {
            expect(a.x === b.x || a.y === b.y).toBe(true);
            for (const box of nodes) expect(crosses(a, b, box)).toBe(false);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('lines to different boxes never run on one another', () => {
    fc.assert(
      fc.property(graphs, sizes, (graph, size) => {
        const { edges } = layOut(graph, size);
        const all = edges.flatMap(({ edge, points }) => stretches(points).map((ends) => ({ edge, ends })));
        for (const [index, one] of all.entries())
          for (const other of all.slice(index + 1)) {
            // Those that leave one box share their first steps.
            if (one.edge.to === other.edge.to || one.edge.from === other.edge.from) continue;
            expect(runsOn(one.ends, other.ends)).toBe(false);
          }
      }),
      { numRuns: 60 },
    );
  });

  test('the same graph gives the same drawing', () => {
    fc.assert(
      fc.property(graphs, sizes, (graph, size) => {
        expect(layOut(structuredClone(graph), size)).toEqual(layOut(graph, size));
      }),
      { numRuns: 20 },
    );
  });
});

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function isOnBorder({ x, y }: Point, box: Box): boolean {
  const isAcross = x >= box.x && x <= box.x + box.width;
  const isDown = y >= box.y && y <= box.y + box.height;
  const atSide = x === box.x || x === box.x + box.width;
  return (isAcross && (y === box.y || y === box.y + box.height)) || (isDown && atSide);
}

function stretches(points: readonly Point[]): [Point, Point][] {
  return points.slice(1).map((point, index) => [points[index] as Point, point]);
}

/** Through the inside of the box, not only along its border. */
function crosses(a: Point, b: Point, box: Box): boolean {
  const inside = (low: number, high: number, from: number, length: number) => low < from + length && high > from;
  return (
    inside(Math.min(a.x, b.x), Math.max(a.x, b.x), box.x, box.width) &&
    inside(Math.min(a.y, b.y), Math.max(a.y, b.y), box.y, box.height)
  );
}

/** On the same line for more than a point. */
function runsOn([a, b]: [Point, Point], [c, d]: [Point, Point]): boolean {
  const share = (p: number, q: number, r: number, s: number) =>
    Math.min(Math.max(p, q), Math.max(r, s)) - Math.max(Math.min(p, q), Math.min(r, s)) > 0.5;
  const isDown = a.x === b.x && c.x === d.x && Math.abs(a.x - c.x) < 0.5;
  const isAcross = a.y === b.y && c.y === d.y && Math.abs(a.y - c.y) < 0.5;
  return (isDown && share(a.y, b.y, c.y, d.y)) || (isAcross && share(a.x, b.x, c.x, d.x));
}
