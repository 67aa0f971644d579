import type { Series, Timeline } from '../../../vocabulary/drill.ts';
import { escaped } from '../../html/escape.ts';
import { count } from '../../listed.ts';
import { measure, secondsText } from '../figures.ts';
import { thinned } from './plot/thinned.ts';

const mostRows = 120;
const mostSeries = 12;

/** The numbers behind a drawing, for those who cannot see it or want them exactly. */
export function numbersHtml(timeline: Timeline): string {
  const parts = [eventsTable(timeline), healthTable(timeline), seriesTable(timeline)].filter((part) => part !== '');
  if (parts.length === 0) return '';
  return `<details class="numbers"><summary>The numbers behind it</summary>${parts.join('\n')}</details>`;
}

function eventsTable({ events }: Timeline): string {
  const sorted = [...events].sort((first, second) => first.at - second.at);
  return table(
    'Events',
    ['At', 'What', 'By'],
    sorted.map(({ at, what, by }) => [secondsText(at), escaped(what), by]),
  );
}

function healthTable({ health }: Timeline): string {
  return table(
    'Health',
    ['From', 'To', 'State'],
    health.map(({ from, to, state }) => [secondsText(from), secondsText(to), escaped(state)]),
  );
}

/** A row for each time at which something was seen; of very many, those that show every peak. */
function seriesTable(timeline: Timeline): string {
  const all = timeline.series.slice(0, mostSeries);
  const kept = all.map((one) => thinned(one.points, mostRows));
  const times = [...new Set(kept.flatMap((points) => points.map(([at]) => at)))].sort((a, b) => a - b);
  const values = kept.map((points) => new Map(points));
  const isThinned = all.some(({ points }, index) => points.length > (kept[index]?.length ?? 0));
  const rows = times
    .slice(0, mostRows * 2)
    .map((at) => [secondsText(at), ...all.map((one, index) => told(values[index]?.get(at), one))]);
  const left = times.length - rows.length;
  const more = [
    isThinned ? 'Not every point: the peaks are all there.' : '',
    left > 0 ? `And ${count(left, 'more row')}.` : '',
  ]
    .filter((one) => one !== '')
    .join(' ');
  const heads = all.map(
    ({ name, limit, unit }) => `${name}${limit === undefined ? '' : ` (limit ${measure(limit, unit)})`}`,
  );
  return table('Measures', ['At', ...heads], rows) + (more === '' ? '' : `<p class="faint">${more}</p>`);
}

function told(value: number | undefined, { unit }: Series): string {
  return value === undefined ? '' : escaped(measure(value, unit));
}

/** Cells are HTML, heads are text. All but the last column of words stand to the right. */
function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const isNumber = (index: number) => index === 0 || title === 'Measures' || (title === 'Health' && index === 1);
  const kind = (index: number) => (isNumber(index) ? ' class="number"' : '');
  const head = heads.map((one, index) => `<th scope="col"${kind(index)}>${escaped(one)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell, index) => `<td${kind(index)}>${cell}</td>`).join('')}</tr>`);
  return `<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}
