import { shownSeconds } from '../shown-seconds.ts';

/** `1.2 s to 1.9 s, median 1.4 s`; one value is told alone. Empty for none. */
export function shownSpread(valuesMs: readonly number[]): string {
  const sorted = [...valuesMs].sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return '';
  if (sorted.length === 1) return shownSeconds(least);
  return `${shownSeconds(least)} to ${shownSeconds(most)}, median ${shownSeconds(sorted[Math.floor(sorted.length / 2)]!)}`;
}
