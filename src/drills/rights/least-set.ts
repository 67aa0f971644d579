export interface LeastSet<T> {
  readonly least: readonly T[];
  /** For each that is needed: what happened without it. */
  readonly without: ReadonlyMap<T, string>;
  readonly trials: number;
}

/** What a trial came to: it works, or why not. */
export type TrialOf<T> = (
  set: readonly T[],
) => Promise<{ readonly works: boolean; readonly because?: string | undefined }>;

/**
 * The least subset of `all` with which something works, given that it works with `all`; where each trial is dear. First
 * nothing, then the `usual` suspects alone; then each of what is left is taken away by itself, side by side. Where two can
 * stand in for one another that finds neither, so what was found is tried, and if it fails, one after another is taken
 * away for good. At most 2n + 3 trials, n + 3 as a rule, always in the same order.
 */
export async function leastSet<T>(
  all: readonly T[],
  usual: readonly T[],
  trial: TrialOf<T>,
  sideBySide = 3,
): Promise<LeastSet<T>> {
  let trials = 0;
  const tried = (set: readonly T[]) => {
    trials++;
    return trial(set);
  };
  const without = new Map<T, string>();
  if (all.length === 0 || (await tried([])).works) return { least: [], without, trials };
  const suspects = usual.filter((one) => all.includes(one));
  const base = suspects.length > 0 && suspects.length < all.length && (await tried(suspects)).works ? suspects : all;
  const needed = new Set<T>();
  const waiting = [...base];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const one = next;
      const { works, because } = await tried(base.filter((other) => other !== one));
      if (works) continue;
      needed.add(one);
      without.set(one, because ?? 'it did not work');
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  const found = base.filter((one) => needed.has(one));
  if (found.length === base.length || (await tried(found)).works) return { least: found, without, trials };
  let least = [...base];
  for (const one of base.filter((other) => !needed.has(other)).reverse()) {
    const fewer = least.filter((other) => other !== one);
    const { works, because } = await tried(fewer);
    if (works) least = fewer;
    else without.set(one, because ?? 'it did not work');
  }
  return { least, without, trials };
}
