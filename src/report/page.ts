import type { ItemState } from '../vocabulary/verdict.ts';
import { type Paint, paintWith } from './paint.ts';

/** How a report for people is to look. */
export interface PageOptions {
  /** Whether to use ANSI colours; the caller knows the terminal and `NO_COLOR`. */
  readonly color: boolean;
  /** In terminal cells; under 40 is taken as 40. */
  readonly width: number;
  /** False for terminals and logs that know ASCII only. Default true. */
  readonly unicode?: boolean;
}

export interface Signs {
  readonly ellipsis: string;
  readonly dash: string;
  readonly line: string;
  /** All of one width. */
  readonly state: Readonly<Record<ItemState, string>>;
}

export interface Page {
  readonly paint: Paint;
  readonly width: number;
  readonly signs: Signs;
}

const narrowest = 40;

const unicodeSigns: Signs = {
  ellipsis: '…',
  dash: '–',
  line: '─',
  state: { pass: '✓', fail: '✗', 'not-applicable': '–', open: '?' },
};

// Words, because a lone `x` might as well be a tick.
const asciiSigns: Signs = {
  ellipsis: '...',
  dash: '-',
  line: '-',
  state: { pass: 'ok  ', fail: 'FAIL', 'not-applicable': 'n/a ', open: 'open' },
};

export function openPage(options: PageOptions): Page {
  return {
    paint: paintWith(options.color),
    width: Number.isFinite(options.width) ? Math.max(narrowest, Math.floor(options.width)) : narrowest,
    signs: options.unicode === false ? asciiSigns : unicodeSigns,
  };
}
