import type { Lab } from './lab.ts';

const windows = 5;
const windowSeconds = 3;

/** What a service without a port adds up while it works by itself: nobody can ask it for more, so it is watched. */
export interface OwnWork {
  /** The least in each window. */
  readonly marks: readonly number[];
  readonly seconds: number;
  /** It grew in every window, by no less in the end than in the beginning. */
  readonly isGrowing: boolean;
}

export async function watchOwnWork(lab: Lab, count: () => Promise<number>): Promise<OwnWork> {
  const marks: number[] = [];
  for (let window = 0; window < windows; window++) {
    let least = Number.POSITIVE_INFINITY;
    for (let second = 0; second < windowSeconds; second++) {
      await lab.wait(1000);
      least = Math.min(least, await count().catch(() => least));
    }
    if (Number.isFinite(least)) marks.push(least);
  }
  return { marks, seconds: windows * windowSeconds, isGrowing: isGrowing(marks) };
}

/** Some pieces may be under way at any time: only what goes on growing counts. */
export function isGrowing(marks: readonly number[]): boolean {
  if (marks.length < windows) return false;
  const steps = marks.slice(1).map((mark, index) => mark - marks[index]!);
  return steps.every((step) => step >= 2) && marks.at(-1)! - marks[0]! >= 12 && steps.at(-1)! >= steps[0]! * 0.5;
}
