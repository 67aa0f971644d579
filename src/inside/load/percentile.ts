/** The least value that so many of a hundred do not exceed (nearest rank); 0 of none. `sorted`: ascending. */
export function percentile(sorted: Float64Array, percent: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

/** To a hundredth of a millisecond: what a timer of Node can tell, and short in JSON. */
export const rounded = (ms: number): number => Math.round(ms * 100) / 100;
