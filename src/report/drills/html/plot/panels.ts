import type { Series, Timeline } from '../../../../vocabulary/drill.ts';
import { grouped } from '../../../grouped.ts';

/** Series that share axes. */
export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly kind: Series['panel'];
  readonly series: readonly Series[];
}

const order: readonly Series['panel'][] = ['requests', 'latency', 'memory', 'cpu', 'other'];
const titles = {
  requests: 'Requests',
  latency: 'Latency',
  memory: 'Memory',
  cpu: 'Processor',
  other: '',
} as const satisfies Record<Series['panel'], string>;

/** A drawing of more is no help; the table has them all. */
const mostPanels = 8;
const mostSeries = 8;

/** Those with points, by panel and unit: what has another unit cannot share axes. */
export function panelsOf({ series }: Timeline): Panel[] {
  const drawn = series.filter(({ points }) =>
    points.some(([at, value]) => Number.isFinite(at) && Number.isFinite(value)),
  );
  return [...grouped(drawn, ({ panel, unit }) => `${panel}\0${unit}`).values()]
    .map((some): Panel => {
      const { panel, unit, name } = some[0] as Series;
      const word = titles[panel] || (some.length === 1 ? name : 'Other');
      return { title: word, unit, kind: panel, series: some.slice(0, mostSeries) };
    })
    .sort((first, second) => order.indexOf(first.kind) - order.indexOf(second.kind))
    .slice(0, mostPanels);
}

/** How a series is drawn: what was lost must be seen beside what was answered, whatever their numbers. */
export type Look = 'area' | 'bars' | 'line';

export interface Drawn {
  readonly look: Look;
  /** The class that has its colour. */
  readonly color: string;
}

const special = new Map<string, Drawn>([
  ['lost', { look: 'bars', color: 'lost' }],
  ['refused', { look: 'bars', color: 'refused' }],
  ['throttled', { look: 'bars', color: 'refused' }],
]);

export function looksOf({ kind, series }: Panel): Drawn[] {
  let next = 0;
  return series.map(({ name }) => {
    const known = special.get(name);
    if (known) return known;
    const index = next++;
    const look = index === 0 && (kind === 'requests' || kind === 'memory') ? 'area' : 'line';
    return { look, color: `s${index % 5}` };
  });
}
