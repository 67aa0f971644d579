import type { LayeredStack, StackNode } from './stack-nodes.ts';

/** Which cell of the grid a box stands in. */
export interface Cell {
  readonly node: StackNode;
  readonly row: number;
  readonly column: number;
}

export interface Grid {
  readonly columns: number;
  /** Boxes by row, left to right. */
  readonly rows: readonly (readonly Cell[])[];
  readonly cells: ReadonlyMap<number, Cell>;
  /** Where each layer begins, and how many rows it has. */
  readonly layers: readonly { readonly title: string; readonly first: number; readonly rows: number }[];
}

const sweeps = 4;

/** Puts layers into rows of at most `most` boxes, each box near to those it is joined with. The same input, the same grid. */
export function gridOf(stack: LayeredStack, most: number): Grid {
  const joined = neighbours(stack);
  const orders = stack.layers.map((layer) => [...layer.nodes]);
  const spot = new Map<number, number>();
  for (const order of orders) settle(order, spot);
  // Barycentre sweeps (Sugiyama et al. 1981): down, then up, and again.
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const order of sweep % 2 === 0 ? orders : [...orders].reverse()) {
      const wish = new Map(
        order.map((node) => [node.id, average(joined.get(node.id) ?? [], spot, spot.get(node.id) ?? 0.5)]),
      );
      order.sort((a, b) => (wish.get(a.id) as number) - (wish.get(b.id) as number) || a.id - b.id);
      settle(order, spot);
    }
  const columns = Math.max(1, ...orders.map((order) => Math.min(most, order.length)));
  const rows: Cell[][] = [];
  const layers = stack.layers.map(({ title }, index) => {
    const order = orders[index] as StackNode[];
    const first = rows.length;
    rows.push(...filled(order, columns, first));
    return { title, first, rows: rows.length - first };
  });
  const [top] = stack.layers;
  if (top?.nodes[0]?.kind === 'ports') standAbove(rows, (layers[0] as { rows: number }).rows, columns, stack);
  return { columns, rows, cells: new Map(rows.flat().map((cell) => [cell.node.id, cell])), layers };
}

function neighbours(stack: LayeredStack): Map<number, number[]> {
  const joined = new Map<number, number[]>();
  const add = (from: number, to: number) => {
    const known = joined.get(from);
    if (known) known.push(to);
    else joined.set(from, [to]);
  };
  for (const { from, to } of stack.edges) {
    add(from, to);
    add(to, from);
  }
  return joined;
}

/** From 0 on the left to 1 on the right, so that layers of different size compare. */
function settle(order: readonly StackNode[], spot: Map<number, number>): void {
  for (const [index, node] of order.entries()) spot.set(node.id, (index + 0.5) / order.length);
}

function average(ids: readonly number[], spot: ReadonlyMap<number, number>, fallback: number): number {
  return ids.length === 0 ? fallback : ids.reduce((sum, id) => sum + (spot.get(id) ?? 0.5), 0) / ids.length;
}

/** Column by column, so that boxes that belong side by side also do so over several rows; short rows stand centred. */
function filled(order: readonly StackNode[], columns: number, first: number): Cell[][] {
  const rowCount = Math.ceil(order.length / columns);
  const rows: StackNode[][] = Array.from({ length: rowCount }, () => []);
  for (const [index, node] of order.entries()) rows[index % rowCount]?.push(node);
  return rows.map((nodes, index) => {
    const indent = Math.floor((columns - nodes.length) / 2);
    return nodes.map((node, column) => ({ node, row: first + index, column: column + indent }));
  });
}

/** Moves the boxes of published ports above what they lead to, where they can: a straight line is read at a glance. */
function standAbove(rows: Cell[][], count: number, columns: number, stack: LayeredStack): void {
  const targets = new Map(stack.edges.filter((edge) => edge.kind === 'port').map((edge) => [edge.from, edge.to]));
  const below = new Map(
    rows
      .slice(count)
      .flat()
      .map((cell) => [cell.node.id, cell]),
  );
  const boxes = rows
    .slice(0, count)
    .flat()
    .flatMap(({ node }) => {
      const target = below.get(targets.get(node.id) ?? -1);
      return target ? [{ node, target }] : [];
    })
    .sort((a, b) => a.target.row - b.target.row || a.target.column - b.target.column || a.node.id - b.node.id);
  const taken = new Set<string>();
  const placed: Cell[] = [];
  const put = (node: StackNode, row: number, column: number) => {
    taken.add(`${row} ${column}`);
    placed.push({ node, row, column });
  };
  // First those that nothing stands in the way of; the others find the nearest free cell, the lowest row first.
  const isTopmost = (cell: Cell) =>
    !rows.slice(count, cell.row).some((row) => row.some((other) => other.column === cell.column));
  const straight = boxes.filter(({ target }) => isTopmost(target));
  for (const { node, target } of straight) put(node, count - 1, target.column);
  for (const { node, target } of boxes.filter(({ target }) => !isTopmost(target))) {
    let best: { row: number; column: number; cost: number } | undefined;
    for (let row = 0; row < count; row++)
      for (let column = 0; column < columns; column++) {
        const cost = Math.abs(column - target.column) + (count - 1 - row) * columns;
        if (!taken.has(`${row} ${column}`) && (!best || cost < best.cost)) best = { row, column, cost };
      }
    if (best) put(node, best.row, best.column);
  }
  for (let row = 0; row < count; row++)
    rows[row] = placed.filter((cell) => cell.row === row).sort((a, b) => a.column - b.column);
}
