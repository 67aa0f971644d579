import type { Timeline } from '../../../../vocabulary/drill.ts';
import { escaped } from '../../../html/escape.ts';
import { secondsText } from '../../figures.ts';
import type { Scale } from './scale.ts';
import { fitted, round } from './text.ts';

export const stripHeight = 20;

const known: ReadonlySet<string> = new Set(['starting', 'healthy', 'unhealthy', 'stopped']);

/** Health states one after another, each with its word where that fits. */
export function healthStrip(health: Timeline['health'], time: Scale, top: number): string {
  return health
    .map(({ from, to, state }) => {
      const x = time.of(from);
      const width = Math.max(1, time.of(to) - x);
      const kind = known.has(state) ? state : 'other';
      const told = `${state} from ${secondsText(from)} to ${secondsText(to)}`;
      const word = fitted(state, width - 8);
      return [
        `<g class="state-${kind}"><rect x="${round(x)}" y="${top}" width="${round(width)}" height="${stripHeight}"><title>${escaped(told)}</title></rect>`,
        word === '' ? '' : `<text class="state-text" x="${round(x + 5)}" y="${top + 14}">${word}</text>`,
        '</g>',
      ].join('');
    })
    .join('');
}
