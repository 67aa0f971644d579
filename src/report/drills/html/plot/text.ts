import { cellsOf } from '../../../cells.ts';
import { visible } from '../../../visible.ts';
import { escaped } from '../../../html/escape.ts';

/** Units of the drawing that a cell of text takes at most, at 12 px. */
export const perCell = 7;

export function widthOf(text: string): number {
  return cellsOf(visible(text)) * perCell;
}

/** As much of the text as fits, escaped; nothing where not even a few letters do. */
export function fitted(text: string, room: number): string {
  const most = Math.floor(room / perCell);
  // Of a text of any length no more is looked at than could fit.
  const shown = visible(text.slice(0, most + 2));
  if (text.length <= most + 2 && cellsOf(shown) <= most) return escaped(text);
  if (most < 4) return '';
  let kept = '';
  for (const character of shown) {
    if (cellsOf(kept + character) > most - 1) break;
    kept += character;
  }
  return `${escaped(kept)}…`;
}

/** To a tenth: a drawing of thousands of points is mostly digits. */
export function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
