/** A linear scale from values to places: `of(value)`. */
export interface Scale {
  readonly max: number;
  readonly ticks: readonly number[];
  of(value: number): number;
}

/** From 0 to a round number at or above `most`, drawn from `from` to `to`, with some `count` ticks. */
export function niceScale(most: number, from: number, to: number, count: number, binary = false): Scale {
  const top = isSize(most) ? most : 1;
  const step = niceStep(top / count, binary);
  const max = Math.ceil(top / step - 1e-9) * step;
  const ticks = Array.from({ length: Math.round(max / step) + 1 }, (_, index) => index * step);
  return { max, ticks, of: (value) => from + (clamped(value, max) / max) * (to - from) };
}

/** Time from 0 to `seconds`, to the very end of the drawing. */
export function timeScale(seconds: number, from: number, to: number, count: number): Scale {
  const max = isSize(seconds) ? seconds : 1;
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600].find((one) => max / one <= count);
  const apart = max < 1 ? niceStep(max / count, false) : (step ?? niceStep(max / count, false));
  const ticks = Array.from({ length: Math.floor(max / apart + 1e-9) + 1 }, (_, index) => index * apart);
  return { max, ticks, of: (at) => from + (clamped(at, max) / max) * (to - from) };
}

/** 1, 2 or 5 times a power of ten; of bytes, a power of two. */
function niceStep(least: number, binary: boolean): number {
  if (binary) return 2 ** Math.max(0, Math.ceil(Math.log2(least)));
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power;
}

function clamped(value: number, max: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.min(value, max)) : value > 0 ? max : 0;
}

/** Anything smaller is nothing, and its logarithm may be none. */
function isSize(value: number): boolean {
  return value > 1e-9 && Number.isFinite(value);
}
