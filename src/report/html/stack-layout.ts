import type { StackGraph } from '../../vocabulary/stack-graph.ts';
import { Lanes } from './lanes.ts';
import { cardHead, cardHeight, type NetworkSlots, slotHeight } from './stack-card-size.ts';
import { type Cell, gridOf } from './stack-grid.ts';
import { layeredStack, type StackEdge, type StackNode } from './stack-nodes.ts';
import { gapLanes, type Route, routesOf, type Side } from './stack-routes.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly bands: readonly (Box & { readonly title: string; readonly titleX: number })[];
  readonly nodes: readonly (Box & { readonly node: StackNode; readonly slots: NetworkSlots })[];
  readonly edges: readonly { readonly edge: StackEdge; readonly points: readonly Point[] }[];
  /** Lines of a network that several services join, by its index. */
  readonly rails: readonly { readonly network: number; readonly lines: readonly (readonly Point[])[] }[];
}

export interface LayoutSize {
  readonly cardWidth: number;
  /** Boxes side by side. */
  readonly columns: number;
  /** Between boxes, besides what lines take. */
  readonly gap: number;
  /** Between lines that run side by side. */
  readonly laneApart: number;
}

/** More networks than this are named on the cards, and not drawn as lines. */
const mostRails = 6;
const railApart = 6;
const bandLabel = 26;
const channelPad = 12;
const outside = 12;

/** Places a stack on a drawing, in units of about one pixel. The same graph, the same drawing. */
export function layOut(graph: StackGraph, size: LayoutSize): Drawing {
  const { laneApart } = size;
  const stack = layeredStack(graph);
  const grid = gridOf(stack, size.columns);
  const routes = routesOf(stack.edges, grid);
  const hasRails = graph.networks.length <= mostRails;
  const slots = grid.rows.map((row) => slotsOf(row, graph, hasRails));

  // Across: lines in the gaps decide how far apart the columns stand.
  const gaps = gapLanes(routes, grid.columns);
  const trunks = hasRails ? graph.networks.length * railApart : 0;
  const columnX: number[] = [];
  const gapX: number[] = [];
  let x = outside + trunks;
  for (let column = 0; column <= grid.columns; column++) {
    const lanes = gaps[column]?.count(1) ?? 0;
    const isEdge = column === 0 || column === grid.columns;
    gapX.push(x + (isEdge ? 8 : size.gap / 2));
    x += (isEdge ? 12 : size.gap) + lanes * laneApart;
    columnX.push(x);
    if (column < grid.columns) x += size.cardWidth;
  }
  const width = x + outside;

  const gapAt = (route: Route) =>
    (gapX[route.gap as number] as number) + (gaps[route.gap as number]?.laneOf(route.key, 1) ?? 0) * laneApart;
  const boxX = (cell: Cell) => columnX[cell.column] as number;
  const portX = (cell: Cell, route: Route, end: 'from' | 'to') =>
    boxX(cell) + size.cardWidth / 2 + portOffset(route, end, size.cardWidth);

  // Down: lines in the channels decide how far apart the rows stand.
  const channels = Array.from({ length: grid.rows.length + 1 }, () => new Lanes());
  for (const route of routes)
    for (const [index, channel] of route.channels.entries()) {
      const [start, end] = channelStretch(route, index, portX, gapAt);
      channels[channel]?.add(route.key, start, end);
    }
  const labelled = new Set(grid.layers.map((layer) => layer.first));
  const rowY: number[] = [];
  const rowHeight: number[] = [];
  const laneY = (channel: number, key: string) =>
    (channelY[channel] as number) + channelPad + (channels[channel]?.laneOf(key, 10) ?? 0) * laneApart;
  const channelY: number[] = [];
  let y = 4;
  for (let row = 0; row <= grid.rows.length; row++) {
    channelY.push(y);
    const lanes = channels[row]?.count(10) ?? 0;
    const isEnd = row === 0 || row === grid.rows.length;
    y += (isEnd && lanes === 0 ? 4 : channelPad * 2 + lanes * laneApart) + (labelled.has(row) ? bandLabel : 0);
    rowY.push(y);
    const cells = grid.rows[row];
    const tallest = cells ? Math.max(0, ...cells.map((cell) => cardHeight(cell.node, slots[row] as NetworkSlots))) : 0;
    rowHeight.push(tallest);
    y += tallest;
  }

  const boxOf = (cell: Cell): Box => ({
    x: boxX(cell),
    y: rowY[cell.row] as number,
    width: size.cardWidth,
    height: cardHeight(cell.node, slots[cell.row] as NetworkSlots),
  });
  return {
    width,
    height: y + 4,
    bands: grid.layers.map(({ title, first, rows }) => {
      const top = (rowY[first] as number) - bandLabel;
      const last = first + rows - 1;
      const bottom = (rowY[last] as number) + (rowHeight[last] as number) + 8;
      return { title, titleX: outside + trunks + 4, x: 2, y: top, width: width - 4, height: bottom - top };
    }),
    nodes: grid.rows
      .flat()
      .map((cell) => ({ ...boxOf(cell), node: cell.node, slots: slots[cell.row] as NetworkSlots })),
    edges: routes.map((route) => ({ edge: route.edge, points: pointsOf(route) })),
    rails: hasRails ? rails() : [],
  };

  function pointsOf(route: Route): Point[] {
    const from = boxOf(route.from);
    const to = boxOf(route.to);
    if (route.leaves === 'left' || route.leaves === 'right') {
      const level = from.y + 18;
      const [start, end] = route.leaves === 'right' ? [from.x + from.width, to.x] : [from.x, to.x + to.width];
      return [
        { x: start, y: level },
        { x: end, y: level },
      ];
    }
    const endX = portX(route.to, route, 'to');
    const startX = route.channels.length === 0 ? endX : portX(route.from, route, 'from');
    const points: Point[] = [{ x: startX, y: edgeY(from, route.leaves) }];
    const [first, second] = route.channels;
    if (first !== undefined) {
      const level = laneY(first, route.key);
      const turn = second === undefined ? endX : gapAt(route);
      points.push({ x: startX, y: level }, { x: turn, y: level });
      if (second !== undefined) {
        const secondLevel = laneY(second, route.key);
        points.push({ x: turn, y: secondLevel }, { x: endX, y: secondLevel });
      }
    }
    points.push({ x: endX, y: edgeY(to, route.enters) });
    return points;
  }

  /** A network threads the boxes that join it, row by row; a trunk on the left joins the rows. */
  function rails(): Drawing['rails'] {
    return graph.networks.flatMap((network, index) => {
      const members = grid.rows.map((row) =>
        row.filter(({ node }) => node.kind === 'service' && node.service.networks.includes(network.name)),
      );
      const rows = members.flatMap((row, at) => (row.length > 0 ? [at] : []));
      if (members.flat().length < 2) return [];
      const trunk = outside - 4 + index * railApart;
      const lines: Point[][] = [];
      const levels: number[] = [];
      for (const row of rows) {
        const level = (rowY[row] as number) + slotY(slots[row] as NetworkSlots, network.name);
        levels.push(level);
        const xs = (members[row] as Cell[]).map(boxX);
        const right = Math.max(...xs) + size.cardWidth / 2;
        const left = rows.length > 1 ? trunk : Math.min(...xs) + size.cardWidth / 2;
        lines.push([
          { x: left, y: level },
          { x: right, y: level },
        ]);
      }
      if (rows.length > 1)
        lines.push([
          { x: trunk, y: Math.min(...levels) },
          { x: trunk, y: Math.max(...levels) },
        ]);
      return [{ network: index, lines }];
    });
  }
}

function slotsOf(row: readonly Cell[], graph: StackGraph, hasRails: boolean): NetworkSlots {
  if (!hasRails) return { kind: 'own' };
  const used = new Set(row.flatMap(({ node }) => (node.kind === 'service' ? node.service.networks : [])));
  return { kind: 'shared', networks: graph.networks.flatMap(({ name }) => (used.has(name) ? [name] : [])) };
}

function slotY(slots: NetworkSlots, network: string): number {
  return slots.kind === 'shared' ? cardHead + slots.networks.indexOf(network) * slotHeight + 7.5 : 0;
}

/** Lines of each kind have their own place on a side, so that what goes in is never taken for what goes out. */
function portOffset(route: Route, end: 'from' | 'to', width: number): number {
  const side: Side = end === 'from' ? route.leaves : route.enters;
  const { kind } = route.edge;
  if (kind === 'port') return -width / 4 + (end === 'from' ? -8 : 8);
  if (kind === 'volume') return end === 'from' ? -width / 4 : 0;
  if (side === 'top') return end === 'to' ? 8 : width / 4 - 12;
  return end === 'from' ? -8 : width / 4;
}

function channelStretch(
  route: Route,
  index: number,
  portX: (cell: Cell, route: Route, end: 'from' | 'to') => number,
  gapAt: (route: Route) => number,
): [number, number] {
  const turn = route.gap === undefined ? undefined : gapAt(route);
  const start = index === 0 ? portX(route.from, route, 'from') : (turn as number);
  const end = index === 0 && turn !== undefined ? turn : portX(route.to, route, 'to');
  return [start, end];
}

function edgeY(box: Box, side: Side): number {
  return side === 'top' ? box.y : box.y + box.height;
}
