import type { TimelineEvent } from '../../../../vocabulary/drill.ts';
import { escaped } from '../../../html/escape.ts';
import { secondsText } from '../../figures.ts';
import type { Scale } from './scale.ts';
import { fitted, round, widthOf } from './text.ts';

const laneHeight = 17;
const mostLanes = 9;
const pad = 5;

export interface PlacedEvent {
  readonly event: TimelineEvent;
  readonly x: number;
  /** Undefined where no lane had room: the line is drawn, and its words are in the table. */
  readonly lane: number | undefined;
  readonly side: 'right' | 'left';
  readonly room: number;
}

/** Gives each event's words a lane in which they touch no others; `width` is that of the whole drawing. */
export function placeEvents(events: readonly TimelineEvent[], time: Scale, width: number): PlacedEvent[] {
  const sorted = [...events].sort((first, second) => first.at - second.at);
  const taken: { from: number; to: number }[][] = [];
  return sorted.map((event) => {
    const x = time.of(event.at);
    const wanted = Math.min(widthOf(event.what), width * 0.7);
    const side = x + pad + wanted <= width || x < width / 2 ? 'right' : 'left';
    const room = Math.min(wanted, side === 'right' ? width - x - pad : x - pad);
    const span = side === 'right' ? { from: x - 2, to: x + pad + room } : { from: x - pad - room, to: x + 2 };
    const isFree = (lane: number) => (taken[lane] ?? []).every(({ from, to }) => span.to < from || span.from > to);
    const lane = Array.from({ length: mostLanes }, (_, index) => index).find(isFree);
    // Its line goes down through all lanes below: what stands there must not be crossed by it.
    if (lane !== undefined) taken[lane] = [...(taken[lane] ?? []), span];
    return { event, x, lane, side, room };
  });
}

export function lanesHeight(placed: readonly PlacedEvent[]): number {
  const lanes = Math.max(0, ...placed.map(({ lane }) => (lane === undefined ? 0 : lane + 1)));
  return lanes * laneHeight;
}

/** Lines from each event's words down to `bottom`; to be drawn first, behind all else. */
export function eventLines(placed: readonly PlacedEvent[], bottom: number): string {
  const height = lanesHeight(placed);
  const lines = placed.map(({ event, x, lane }) => {
    const top = lane === undefined ? height : lane * laneHeight + 3;
    const told = `${secondsText(event.at)}: ${event.what} (${event.by})`;
    return `<path class="event by-${event.by}" d="M${round(x)} ${top}V${round(bottom)}"><title>${escaped(told)}</title></path>`;
  });
  return lines.join('');
}

export function eventWords(placed: readonly PlacedEvent[]): string {
  const words = placed.flatMap(({ event, x, lane, side, room }) => {
    if (lane === undefined) return [];
    const at = side === 'right' ? `x="${round(x + pad)}"` : `x="${round(x - pad)}" text-anchor="end"`;
    return [
      `<text class="event-text by-${event.by}" ${at} y="${lane * laneHeight + 13}">${fitted(event.what, room)}</text>`,
    ];
  });
  return words.join('');
}
