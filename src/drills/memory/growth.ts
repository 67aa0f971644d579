/** Each mark is the least memory of a window: what garbage collection leaves. */

/** Growth of less than that in a window is what any runtime does. */
const noise = 1 << 20;

/** Two windows in a row in which next to nothing was added: less than a MiB, and than one hundredth of the limit. */
export function standsStill(marks: readonly number[], limit: number): boolean {
  if (marks.length < 4) return false;
  const most = Math.min(limit / 100, noise);
  const [before, last, now] = marks.slice(-3) as [number, number, number];
  return now - last < most && last - before < most;
}

/** Growth in nearly every window of the second half, and no sign that it slows down. */
export function grewAllTheTime(marks: readonly number[], limit: number): boolean {
  const { steps, early, late } = halves(marks);
  const grew = steps.filter((step) => step > limit / 200).length;
  return grew >= steps.length - 1 && late > limit / 20 && late > early * 0.5;
}

/** As above, but little as it is against the limit: worth a second look under more load. */
export function growsEvenly(marks: readonly number[]): boolean {
  const { steps, early, late } = halves(marks);
  const grew = steps.filter((step) => step > noise / 4).length;
  return grew >= steps.length - 1 && late > noise && late > early * 0.5;
}

function halves(marks: readonly number[]) {
  const half = marks.slice(Math.floor(marks.length / 2) - 1);
  return {
    steps: half.slice(1).map((bytes, index) => bytes - half[index]!),
    early: marks[Math.floor(marks.length / 2)]! - marks[1]!,
    late: half.at(-1)! - half[0]!,
  };
}
