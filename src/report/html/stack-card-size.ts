import type { StackPort, StackService } from '../../vocabulary/stack-graph.ts';
import type { StackNode } from './stack-nodes.ts';

/** Where a card names its networks: in rows that all cards side by side share, or its own ones only. */
export type NetworkSlots = { readonly kind: 'shared'; readonly networks: readonly string[] } | { readonly kind: 'own' };

export const cardHead = 68;
export const slotHeight = 18;
export const lineHeight = 16;

/** Networks a card names before it only counts the rest. */
export const mostOwnNetworks = 3;
export const mostPorts = 4;

export interface PortLine {
  readonly isHead: boolean;
  readonly text: string;
}

export function cardHeight(node: StackNode, slots: NetworkSlots): number {
  switch (node.kind) {
    case 'ports':
      return 12 + portLines(node.ports).length * lineHeight;
    case 'volume':
      return 34;
    case 'service':
      return (
        cardHead +
        networkRows(node.service, slots) * slotHeight +
        node.lines.length * lineHeight +
        (node.lines.length > 0 ? 6 : 3)
      );
  }
}

/** How many rows for networks a card has: down to the last that it joins, so that others pass below it. */
export function networkRows(service: StackService, slots: NetworkSlots): number {
  if (slots.kind === 'own') return Math.min(mostOwnNetworks, service.networks.length);
  return Math.max(0, ...service.networks.map((name) => slots.networks.indexOf(name) + 1));
}

/** By who may reach them, the widest reach first. */
export function portLines(ports: readonly StackPort[]): PortLine[] {
  const groups = new Map<string, string[]>();
  const order: readonly StackPort['reach'][] = ['everywhere', 'one-address', 'this-machine'];
  const sorted = [...ports].sort((a, b) => order.indexOf(a.reach) - order.indexOf(b.reach));
  for (const port of sorted.slice(0, sorted.length > mostPorts ? mostPorts - 1 : mostPorts)) {
    const head =
      port.reach === 'everywhere'
        ? 'any network'
        : port.reach === 'this-machine'
          ? 'this machine'
          : (port.address ?? '');
    const text = `${port.published ?? 'any'} → ${port.target}${port.protocol === 'tcp' ? '' : `/${port.protocol}`}`;
    groups.set(head, [...(groups.get(head) ?? []), text]);
  }
  const lines = [...groups].flatMap(([head, texts]) => [
    { isHead: true, text: head },
    ...texts.map((text) => ({ isHead: false, text })),
  ]);
  const left = ports.length > mostPorts ? ports.length - (mostPorts - 1) : 0;
  return left > 0 ? [...lines, { isHead: false, text: `and ${left} more` }] : lines;
}
