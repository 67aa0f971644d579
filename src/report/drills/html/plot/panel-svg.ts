import type { Series } from '../../../../vocabulary/drill.ts';
import { escaped } from '../../../html/escape.ts';
import { figure, measure, secondsText } from '../../figures.ts';
import { type Drawn, looksOf, type Panel } from './panels.ts';
import { niceScale, type Scale } from './scale.ts';
import { fitted, round, widthOf } from './text.ts';
import { type Point, thinned, usualGap } from './thinned.ts';

export interface PanelPlace {
  readonly top: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly time: Scale;
}

const mostPoints = 900;
const leastBar = 7;
const legendLine = 18;

/** A limit far above everything seen would press the curves flat on the ground: it is told, not drawn. */
const farAbove = 8;

/** The lines that title and legend take above the axes. */
export function headHeight(panel: Panel, width: number): number {
  return legendLine * legendRows(panel, width).length + 9;
}

/** One pair of axes: title, legend, grid, what was seen, and the limit. `top` is where the title begins. */
export function panelSvg(panel: Panel, place: PanelPlace): string {
  const { left, right, time } = place;
  const rows = legendRows(panel, right);
  const top = place.top + headHeight(panel, right);
  const bottom = top + place.height;
  const highest = Math.max(0, ...panel.series.flatMap(({ points }) => points.map(([, value]) => finite(value))));
  const limit = limitOf(panel.series);
  const isDrawn = limit !== undefined && (highest === 0 || limit <= highest * farAbove);
  const value = niceScale(isDrawn ? Math.max(highest, limit) : highest, bottom, top, 3, panel.unit === 'bytes');
  const grid = value.ticks.map((tick) => {
    const y = round(value.of(tick));
    const label = fitted(tickText(tick, value.max, panel.unit), left - 6);
    return `<path class="grid" d="M${left} ${y}H${right}"/><text class="tick" x="${left - 6}" y="${y}" dy="4" text-anchor="end">${label}</text>`;
  });
  const looks = looksOf(panel);
  const drawn = panel.series.map((series, index) =>
    curve(series, looks[index] as Drawn, panel.unit, { time, value, bottom, right }),
  );
  // Bars last: a loss must not hide behind what was answered.
  const curves = [
    ...drawn.filter((_, index) => looks[index]?.look !== 'bars'),
    ...drawn.filter((_, index) => looks[index]?.look === 'bars'),
  ];
  const across = limit === undefined ? '' : limitLine(limit, isDrawn, panel.unit, { left, right, top, value });
  return [...rows.map((row, index) => row(place.top + 12 + index * legendLine)), ...grid, ...curves, across].join('');
}

/** Short enough to stand beside the axis: the title has said `a second`, and seconds are shorter than milliseconds. */
function tickText(tick: number, max: number, unit: string): string {
  if (tick === 0 || unit.startsWith('/')) return figure(tick);
  return unit === 'ms' && max >= 1000 ? measure(tick / 1000, 's') : measure(tick, unit);
}

/** Title and keys, broken into rows that fit; each a function of its baseline. */
function legendRows({ title, series, unit, ...rest }: Panel, width: number): ((y: number) => string)[] {
  const looks = looksOf({ title, series, unit, ...rest });
  const shown = fitted(unit.startsWith('/') ? `${title} ${unit.replace('/s', 'a second')}` : title, width);
  const rows: ((x: number, y: number) => string)[][] = [
    [(x, y) => `<text class="panel-title" x="${x}" y="${y}">${shown}</text>`],
  ];
  const starts: number[][] = [[0]];
  let x = widthOf(shown) + 18;
  series.forEach((one, index) => {
    const name = one.name.slice(0, 60);
    const size = Math.min(widthOf(name), width - 24) + 24;
    if (x + size > width) {
      rows.push([]);
      starts.push([]);
      x = 0;
    }
    const { color, look } = looks[index] as Drawn;
    rows
      .at(-1)
      ?.push(
        (at, y) =>
          `${keySign(color, look, at, y)}<text class="key-text" x="${round(at + 18)}" y="${y}">${fitted(name, width - 24)}</text>`,
      );
    starts.at(-1)?.push(x);
    x += size + 10;
  });
  return rows.map((row, index) => (y) => row.map((draw, place) => draw(starts[index]?.[place] ?? 0, y)).join(''));
}

function keySign(color: string, look: Drawn['look'], x: number, y: number): string {
  if (look === 'bars') return `<rect class="bar ${color}" x="${round(x + 4)}" y="${y - 9}" width="6" height="10"/>`;
  return `<path class="curve ${color}" d="M${round(x)} ${y - 4}h14"/>`;
}

interface Axes {
  readonly time: Scale;
  readonly value: Scale;
  readonly bottom: number;
  readonly right: number;
}

function curve(series: Series, { look, color }: Drawn, unit: string, axes: Axes): string {
  const points = thinned(series.points, mostPoints);
  if (look === 'bars') return bars(series, points, color, unit, axes);
  const { time, value, bottom, right } = axes;
  const isSteps = series.panel === 'requests';
  const gap = usualGap(points);
  const parts = points.map(([at, seen], index) => {
    const x = round(time.of(at));
    const y = round(value.of(seen));
    if (index === 0) return `M${x} ${y}`;
    return isSteps ? `H${x}V${y}` : `L${x} ${y}`;
  });
  const last = points.at(-1);
  if (!last) return '';
  // The last second has its width too; a lone point would be nothing at all.
  const end = Math.min(right, time.of(last[0] + (isSteps || points.length === 1 ? gap : 0)));
  const line = `${parts.join('')}${isSteps || points.length === 1 ? `H${round(end)}` : ''}`;
  const start = round(time.of((points[0] as Point)[0]));
  const area = look === 'area' ? `<path class="area ${color}" d="${line}V${bottom}H${start}Z"/>` : '';
  return `${area}<path class="curve ${color}" d="${line}"/>`;
}

/** Never lower than can be seen: one request of two thousand is one too many. */
function bars(series: Series, points: readonly Point[], color: string, unit: string, axes: Axes): string {
  const { time, value, bottom, right } = axes;
  const gap = usualGap(points);
  const seen = points.filter(([, number]) => number > 0);
  const hasRoom = seen.length <= 12;
  return seen
    .map(([at, number]) => {
      const x = time.of(at);
      const width = Math.max(2.5, Math.min(right, time.of(at + gap)) - x - 1);
      const height = Math.max(leastBar, bottom - value.of(number));
      const told = `${secondsText(at)}: ${series.name} ${measure(number, unit)}`;
      const word =
        hasRoom && width >= 12
          ? `<text class="bar-text ${color}" x="${round(x + width / 2)}" y="${round(bottom - height - 4)}" text-anchor="middle">${measure(number, undefined)}</text>`
          : '';
      return `<rect class="bar ${color}" x="${round(x)}" y="${round(bottom - height)}" width="${round(width)}" height="${round(height)}"><title>${escaped(told)}</title></rect>${word}`;
    })
    .join('');
}

function limitLine(
  limit: number,
  isDrawn: boolean,
  unit: string,
  { left, right, top, value }: { left: number; right: number; top: number; value: Scale },
): string {
  const word = fitted(`limit ${measure(limit, unit)}${isDrawn ? '' : ', far above'}`, right - left);
  const y = isDrawn ? value.of(limit) : top;
  const line = isDrawn ? `<path class="limit" d="M${left} ${round(y)}H${right}"/>` : '';
  // Under the line where the title stands right above it.
  const at = y - 5 < top + 8 ? y + 13 : y - 5;
  return `${line}<text class="limit-text" x="${right}" y="${round(at)}" text-anchor="end">${word}</text>`;
}

function limitOf(series: readonly Series[]): number | undefined {
  return series.map(({ limit }) => limit).find((limit) => limit !== undefined && Number.isFinite(limit) && limit > 0);
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
