export type Point = readonly [seconds: number, value: number];

/** Sorted, and no more than some `most`: of each stretch the first, lowest, highest and last, so that no peak is lost. */
export function thinned(points: readonly Point[], most: number): Point[] {
  const sorted = points
    .filter(([at, value]) => Number.isFinite(at) && Number.isFinite(value))
    .sort(([first], [second]) => first - second);
  if (sorted.length <= most) return sorted;
  const stretch = Math.ceil(sorted.length / Math.max(1, Math.floor(most / 4)));
  const kept: Point[] = [];
  for (let from = 0; from < sorted.length; from += stretch) {
    const some = sorted.slice(from, from + stretch);
    const lowest = some.reduce((low, one) => (one[1] < low[1] ? one : low));
    const highest = some.reduce((high, one) => (one[1] > high[1] ? one : high));
    const ends = [some[0], lowest, highest, some.at(-1)].filter((one) => one !== undefined);
    kept.push(...[...new Set(ends)].sort(([first], [second]) => first - second));
  }
  return kept;
}

/** Seconds between points, as is usual among them; 1 where there is but one. */
export function usualGap(points: readonly Point[]): number {
  const gaps = points
    .slice(1)
    .map(([at], index) => at - (points[index] as Point)[0])
    .filter((gap) => gap > 0)
    .sort((first, second) => first - second);
  return gaps[Math.floor(gaps.length / 2)] ?? 1;
}
