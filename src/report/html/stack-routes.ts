import { Lanes } from './lanes.ts';
import type { Cell, Grid } from './stack-grid.ts';
import type { StackEdge } from './stack-nodes.ts';

/**
 * How a line goes: out of one box, along the channel below or above its row, where need be down or up a gap between
 * columns and along a second channel, into the other box. Channel `n` lies above row `n`, gap `n` left of column `n`.
 */
export interface Route {
  readonly edge: StackEdge;
  readonly from: Cell;
  readonly to: Cell;
  readonly leaves: Side;
  readonly enters: Side;
  /** Channels it runs along; none when it goes straight. */
  readonly channels: readonly number[];
  readonly gap: number | undefined;
  /** Lines with the same key lead to the same box, and may run together. */
  readonly key: string;
}

export type Side = 'top' | 'bottom' | 'left' | 'right';

export function routesOf(edges: readonly StackEdge[], grid: Grid): Route[] {
  const taken = new Set([...grid.cells.values()].map(({ row, column }) => `${row} ${column}`));
  return edges.flatMap((edge) => {
    const from = grid.cells.get(edge.from);
    const to = grid.cells.get(edge.to);
    return from && to ? [routeOf(edge, from, to, taken)] : [];
  });
}

function routeOf(edge: StackEdge, from: Cell, to: Cell, taken: ReadonlySet<string>): Route {
  const rows = to.row - from.row;
  const columns = to.column - from.column;
  const enters: Side = rows > 0 ? 'top' : 'bottom';
  const common = { edge, from, to, enters, key: `${edge.kind} ${edge.to} ${enters}` };
  if (rows === 0 && Math.abs(columns) === 1) {
    const sides: { leaves: Side; enters: Side } =
      columns > 0 ? { leaves: 'right', enters: 'left' } : { leaves: 'left', enters: 'right' };
    return { ...common, ...sides, channels: [], gap: undefined };
  }
  if (rows === 0) return { ...common, leaves: 'bottom', channels: [from.row + 1], gap: undefined };
  const leaves: Side = rows > 0 ? 'bottom' : 'top';
  const first = rows > 0 ? from.row + 1 : from.row;
  const last = rows > 0 ? to.row : to.row + 1;
  if (first === last || isFree(to.column, from.row, to.row, taken))
    return { ...common, leaves, channels: columns === 0 ? [] : [first], gap: undefined };
  const gap = columns > 0 ? to.column : to.column + 1;
  return { ...common, leaves, channels: [first, last], gap };
}

/** No box between the two rows. */
function isFree(column: number, one: number, other: number, taken: ReadonlySet<string>): boolean {
  for (let row = Math.min(one, other) + 1; row < Math.max(one, other); row++)
    if (taken.has(`${row} ${column}`)) return false;
  return true;
}

/** The lanes that lines take in the gaps between columns. */
export function gapLanes(routes: readonly Route[], columns: number): Lanes[] {
  const gaps = Array.from({ length: columns + 1 }, () => new Lanes());
  for (const { gap, channels, key } of routes)
    if (gap !== undefined) gaps[gap]?.add(key, channels[0] as number, channels[1] as number);
  return gaps;
}
