export interface Scheduled {
  /** A second. */
  readonly rate: number;
  fire(intendedMs: number): void;
}

/**
 * Fires each part at its rate, whatever became of what it fired before. Timers of Node are a millisecond coarse, so what
 * is due within the next one is fired now: early by less than that, and its latency counts from when it was fired. What
 * is late (a busy machine) keeps the time at which it should have been fired.
 *
 * `now` and times: milliseconds since the load began. Returns how it is stopped; `onEnd` is called when all is fired.
 */
export function openLoop(parts: readonly Scheduled[], now: () => number, endMs: number, onEnd: () => void): () => void {
  const fired = parts.map(() => 0);
  /** Parts of the same rate take turns, instead of meeting each other in every millisecond. */
  const due = (index: number) => ((fired[index]! + index / parts.length) * 1000) / parts[index]!.rate;
  let timer: NodeJS.Timeout | undefined;
  const turn = () => {
    const horizon = Math.min(endMs, now() + early);
    for (const [index, part] of parts.entries())
      for (let next = due(index); next < horizon; next = due(index)) {
        fired[index]! += 1;
        part.fire(next);
      }
    const next = Math.min(endMs, ...parts.map((_, index) => due(index)));
    if (next >= endMs && now() >= endMs) return onEnd();
    timer = setTimeout(turn, Math.max(1, next - now() - early));
  };
  turn();
  return () => clearTimeout(timer);
}

const early = 1;
