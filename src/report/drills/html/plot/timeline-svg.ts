import type { Timeline } from '../../../../vocabulary/drill.ts';
import { escaped } from '../../../html/escape.ts';
import { listed } from '../../../listed.ts';
import { measure, secondsText } from '../../figures.ts';
import { eventLines, eventWords, lanesHeight, placeEvents } from './events.ts';
import { healthStrip, stripHeight } from './health-strip.ts';
import { headHeight, panelSvg } from './panel-svg.ts';
import { type Panel, panelsOf } from './panels.ts';
import { timeScale } from './scale.ts';
import { round } from './text.ts';

export interface PlotSize {
  readonly width: number;
  readonly panelHeight: number;
  /** Cells of the ticks' labels. */
  readonly left: number;
}

const gap = 16;
const mostEvents = 60;

/** Whether there is anything to draw. */
export function isDrawable(timeline: Timeline): boolean {
  return timeline.events.length > 0 || timeline.health.length > 0 || panelsOf(timeline).length > 0;
}

/**
 * The timeline as one drawing: events across all, health states, then a panel for each kind of measure, over one axis of
 * time. Its words say the same to those who cannot see it. `id` must be unique on the page.
 */
export function timelineSvg(timeline: Timeline, title: string, id: string, size: PlotSize): string {
  const { width, left } = size;
  const right = width - 6;
  const time = timeScale(timeline.seconds, left, right, width > 600 ? 12 : 6);
  const panels = panelsOf(timeline);
  const events = timeline.events.filter(({ at }) => Number.isFinite(at)).slice(0, mostEvents);
  const placed = placeEvents(events, time, width);
  const health = timeline.health.filter(({ from, to }) => Number.isFinite(from) && to >= from);
  let y = lanesHeight(placed) + (placed.length > 0 ? 8 : 0);
  const parts: string[] = [];
  if (health.length > 0) {
    parts.push(
      `<text class="tick" x="${left - 6}" y="${y + 14}" text-anchor="end">health</text>`,
      healthStrip(health, time, y),
    );
    y += stripHeight + gap;
  }
  for (const panel of panels) {
    parts.push(panelSvg(panel, { top: y, height: size.panelHeight, left, right, time }));
    y += headHeight(panel, right) + size.panelHeight + gap;
  }
  const bottom = y - gap + 6;
  const ticks = time.ticks.map((tick) => {
    const x = time.of(tick);
    const anchor = x > right - 20 ? 'end' : 'middle';
    return `<path class="axis" d="M${round(x)} ${bottom - 4}v4"/><text class="tick" x="${round(x)}" y="${bottom + 14}" text-anchor="${anchor}">${secondsText(tick).replace(/^0 s$/, '0')}</text>`;
  });
  return [
    `<svg viewBox="0 0 ${width} ${round(bottom + 20)}" width="${width}" role="img" aria-labelledby="${id}-t ${id}-d">`,
    `<title id="${id}-t">${escaped(title)}</title><desc id="${id}-d">${escaped(described(timeline, panels))}</desc>`,
    eventLines(placed, bottom - 4),
    ...parts,
    eventWords(placed),
    `<path class="axis" d="M${left} ${bottom - 4}H${right}"/>`,
    ...ticks,
    '</svg>',
  ].join('');
}

/** What an eye would take from it. */
function described(timeline: Timeline, panels: readonly Panel[]): string {
  const measures = panels.map(({ title, unit, series }) => {
    const peaks = series.map(({ name, points, limit }) => {
      const peak = Math.max(...points.map(([, value]) => value).filter(Number.isFinite));
      return `${name} up to ${measure(peak, unit)}${limit === undefined ? '' : ` (limit ${measure(limit, unit)})`}`;
    });
    return `${title}: ${peaks.join(', ')}.`;
  });
  const events = timeline.events.map(({ at, what }) => `${what} at ${secondsText(at)}`);
  const health = timeline.health.map(({ from, state }) => `${state} from ${secondsText(from)}`);
  return [
    `${secondsText(timeline.seconds)} in all.`,
    ...measures,
    ...(health.length > 0 ? [`Health: ${listed(health, 12)}.`] : []),
    ...(events.length > 0 ? [`Events: ${listed(events, 12)}.`] : []),
  ].join(' ');
}
