import type { StackGraph } from '../../vocabulary/stack-graph.ts';
import { cellsOf, cellsOfCharacter } from '../cells.ts';
import { severityText } from '../tally.ts';
import { visible } from '../visible.ts';
import { escaped } from './escape.ts';
import { cardHead, lineHeight, mostOwnNetworks, networkRows, portLines, slotHeight } from './stack-card-size.ts';
import { type Box, type Drawing, type LayoutSize, layOut, type Point } from './stack-layout.ts';
import type { StackNode } from './stack-nodes.ts';
import type { ServiceWeights } from './weights.ts';

type Placed = Drawing['nodes'][number];

/** Colours of networks go round after so many. */
const colours = 6;

/** The stack as an SVG element, without style of its own; `id` keeps its markers apart from another drawing's. */
export function stackSvg(graph: StackGraph, weights: ServiceWeights, size: LayoutSize, id: string): string {
  const drawing = layOut(graph, size);
  const { width, height } = drawing;
  const bands = drawing.bands.map(
    (band) =>
      `<rect class="band" ${boxText(band)} rx="10"/><text class="band-title" x="${round(band.titleX)}" y="${round(band.y + 17)}">${band.title}</text>`,
  );
  const rails = drawing.rails.map(
    ({ network, lines }) =>
      `<path class="rail n${network % colours}" d="${lines.map((line) => pathOf(line)).join('')}"/>`,
  );
  const edges = drawing.edges.map(({ edge, points }) => {
    const open = edge.kind === 'depends' && edge.condition === 'service_started' ? ' loose' : '';
    return `<path class="edge ${edge.kind}${open}" data-from="${edge.from}" data-to="${edge.to}" d="${pathOf(points, 6)}" marker-end="url(#${id}-${edge.kind})"/>`;
  });
  const nodes = drawing.nodes.map((placed) => nodeSvg(placed, graph, weights));
  return [
    `<svg viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="group" aria-label="Drawing of the stack; the same follows as a table">`,
    `<defs>${['port', 'depends', 'volume'].map((kind) => marker(`${id}-${kind}`, kind)).join('')}</defs>`,
    ...bands,
    `<g class="rails">${rails.join('')}</g>`,
    `<g class="edges">${edges.join('\n')}</g>`,
    ...nodes,
    '</svg>',
  ].join('\n');
}

function marker(id: string, kind: string): string {
  return `<marker id="${id}" class="head ${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 .5 7.5 4 0 7.5z"/></marker>`;
}

function nodeSvg(placed: Placed, graph: StackGraph, weights: ServiceWeights): string {
  const { node } = placed;
  switch (node.kind) {
    case 'ports':
      return portsSvg(placed, node);
    case 'volume':
      return volumeSvg(placed, node);
    case 'service':
      return serviceSvg(placed, node, graph, weights);
  }
}

function portsSvg(box: Box, node: StackNode & { kind: 'ports' }): string {
  const reach = node.ports.some((port) => port.reach === 'everywhere') ? 'everywhere' : 'narrow';
  const lines = portLines(node.ports).map((line, index) => {
    const y = box.y + 17 + index * lineHeight;
    return `<text class="${line.isHead ? 'port-head' : 'mono'}" x="${round(box.x + 10)}" y="${round(y)}">${fitted(line.text, box.width - 18, line.isHead ? 6.4 : 6.7)}</text>`;
  });
  const title = `Ports of ${visible(node.service.name)}`;
  return `<g class="ports ${reach}" data-node="${node.id}"><title>${escaped(title)}</title><rect ${boxText(box)} rx="8"/>${lines.join('')}</g>`;
}

function volumeSvg(box: Box, node: StackNode & { kind: 'volume' }): string {
  const { x, y, width, height } = box;
  const name = fitted(node.name, width - (node.external ? 78 : 34), 6.7, 'head');
  const external = node.external
    ? `<text class="faint" text-anchor="end" x="${round(x + width - 8)}" y="${round(y + 22)}">external</text>`
    : '';
  return `<g class="volume" data-node="${node.id}"><title>Volume ${escaped(node.name)}</title><rect ${boxText({ x, y, width, height })} rx="8"/>${drum(x + 10, y + 11)}<text class="mono" x="${round(x + 28)}" y="${round(y + 22)}">${name}</text>${external}</g>`;
}

function serviceSvg(
  placed: Placed,
  node: StackNode & { kind: 'service' },
  graph: StackGraph,
  weights: ServiceWeights,
): string {
  const { x, y, width } = placed;
  const { service } = node;
  const weight = weights.of(graph.place, service.name);
  const worst = weight?.worst ?? 'none';
  const total = weight ? severityText(weight.tally) : 'no findings';
  const times = service.replicas > 1 ? ` ×${service.replicas}` : '';
  const badge = weight ? `${weight.tally[weight.worst]} ${weight.worst}` : 'no findings';
  const role = service.runs === 'one-shot' ? 'runs once' : service.runs === 'tool' ? 'by hand' : kindWord(service.kind);
  const behind =
    service.replicas > 1 ? `<rect class="behind" ${boxText({ ...placed, x: x + 4, y: y + 4 })} rx="8"/>` : '';
  const badgeWidth = badge.length * 6.4 + 14;
  const parts = [
    `<title>${escaped(`${visible(service.name)}: ${total}`)}</title>`,
    behind,
    `<rect class="card" ${boxText(placed)} rx="8"/>`,
    `<path class="stripe" d="M${round(x + 7)} ${round(y + 1)}h-1a5 5 0 0 0-5 5v${round(placed.height - 12)}a5 5 0 0 0 5 5h1z"/>`,
    `<text class="name" x="${round(x + 15)}" y="${round(y + 20)}">${fitted(service.name, width - 24 - times.length * 8, 8.2)}${escaped(times)}</text>`,
    `<text class="mono faint" x="${round(x + 15)}" y="${round(y + 36)}">${fitted(service.image, width - 24, 6.7, 'head')}</text>`,
    `<rect class="badge" x="${round(x + 14)}" y="${round(y + 44)}" width="${round(badgeWidth)}" height="17" rx="8.5"/>`,
    `<text class="badge-text" x="${round(x + 21)}" y="${round(y + 56)}">${badge}</text>`,
    badgeWidth + role.length * 6.2 + 34 < width
      ? `<text class="faint" text-anchor="end" x="${round(x + width - 9)}" y="${round(y + 56)}">${role}</text>`
      : '',
    ...networkPills(placed, service.networks, graph),
    ...mountTexts(placed, node),
  ];
  const group = `<g class="service worst-${worst}" data-node="${node.id}">${parts.join('')}</g>`;
  // A service without findings has nothing to lead to.
  return weight ? `<a href="#findings" data-service="${escaped(service.name)}">${group}</a>` : group;
}

function kindWord(kind: string): string {
  return kind === 'unknown' ? '' : kind;
}

function networkPills(placed: Placed, names: readonly string[], graph: StackGraph): string[] {
  const { slots, x, y, width } = placed;
  const indexes = names.map((name) => graph.networks.findIndex((network) => network.name === name));
  const told =
    slots.kind === 'shared'
      ? indexes.map((index) => ({ index, slot: slots.networks.indexOf(graph.networks[index]?.name ?? ''), text: '' }))
      : indexes.slice(0, mostOwnNetworks).map((index, slot) => {
          const left = indexes.length - mostOwnNetworks;
          return { index, slot, text: slot === mostOwnNetworks - 1 && left > 0 ? ` +${left}` : '' };
        });
  return told.map(({ index, slot, text }) => {
    const top = y + cardHead + slot * slotHeight;
    const network = graph.networks[index];
    const label = `${network?.name ?? ''}${network?.internal ? ' (internal)' : ''}`;
    return `<g class="net n${index % colours}"><rect x="${round(x + 14)}" y="${round(top)}" width="${round(width - 23)}" height="15" rx="7.5"/><text x="${round(x + 22)}" y="${round(top + 11)}">${fitted(label, width - 40 - text.length * 6, 6)}${text}</text></g>`;
  });
}

function mountTexts(placed: Placed, node: StackNode & { kind: 'service' }): string[] {
  const top = placed.y + cardHead + networkRows(node.service, placed.slots) * slotHeight;
  return node.lines.map((line, index) => {
    const y = top + index * lineHeight;
    const sign =
      line.kind === 'volume' ? drum(placed.x + 14, y + 1) : line.kind === 'host' ? folder(placed.x + 14, y + 1) : '';
    return `${sign}<text class="mono" x="${round(placed.x + 31)}" y="${round(y + 11)}">${fitted(line.text, placed.width - 38, 6.7, 'head')}</text>`;
  });
}

function drum(x: number, y: number): string {
  return `<path class="sign" d="M${round(x)} ${round(y + 2.5)}v7c0 3 11 3 11 0v-7c0-3-11-3-11 0c0 3 11 3 11 0"/>`;
}

function folder(x: number, y: number): string {
  return `<path class="sign" d="M${round(x)} ${round(y + 11)}v-10h4l1.5 2h5.5v8z"/>`;
}

function pathOf(points: readonly Point[], radius = 0): string {
  const [first, ...rest] = points.filter(
    (point, index) => index === 0 || point.x !== points[index - 1]?.x || point.y !== points[index - 1]?.y,
  );
  if (!first) return '';
  let path = `M${round(first.x)} ${round(first.y)}`;
  let before = first;
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    const reach = next ? Math.min(radius, distance(before, point) / 2, distance(point, next) / 2) : 0;
    if (next && reach > 0 && !isOneLine(before, point, next)) {
      const start = towards(point, before, reach);
      const end = towards(point, next, reach);
      path += `L${round(start.x)} ${round(start.y)}Q${round(point.x)} ${round(point.y)} ${round(end.x)} ${round(end.y)}`;
    } else path += `L${round(point.x)} ${round(point.y)}`;
    before = point;
  }
  return path;
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function isOneLine(a: Point, b: Point, c: Point): boolean {
  return (a.x === b.x && b.x === c.x) || (a.y === b.y && b.y === c.y);
}

function towards(from: Point, to: Point, by: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}

function boxText({ x, y, width, height }: Box): string {
  return `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** As much of a text as `room` units hold; of paths and images the end tells more than the beginning. */
function fitted(text: string, room: number, perCell: number, cutAt: 'head' | 'tail' = 'tail'): string {
  const most = Math.max(1, Math.floor(room / perCell));
  // Of a text of any length, no more is looked at than could fit.
  const near = cutAt === 'tail' ? text.slice(0, most * 2 + 2) : text.slice(-(most * 2 + 2));
  const shown = visible(near);
  if (near.length === text.length && cellsOf(shown) <= most) return escaped(text);
  const characters = [...shown];
  if (cutAt === 'head') characters.reverse();
  let cells = 1;
  let kept = 0;
  while (kept < characters.length) {
    cells += cellsOfCharacter(characters[kept] as string);
    if (cells > most) break;
    kept += 1;
  }
  const part = characters.slice(0, kept);
  return escaped(cutAt === 'head' ? `…${part.reverse().join('')}` : `${part.join('')}…`);
}
