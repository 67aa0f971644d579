import type { Loss, LoadCount, LoadKind, LoadResult, LoadSecond } from '../protocol.ts';
import { Attempt, type Ending } from './attempt.ts';
import { percentile, rounded } from './percentile.ts';

/** Counts that are still counted. */
type Counting = { -readonly [K in keyof LoadCount]: number };

/**
 * The account of a load: every planned request is opened here and closed by its own ending. Latencies are kept one by one
 * (8 bytes each: 10 MB for ten minutes at 2,000 a second), so percentiles are exact.
 */
export class Ledger {
  readonly #began: number;
  readonly #timeoutMs: number;
  readonly #total = none();
  readonly #kinds = new Map<LoadKind, Counting>();
  readonly #seconds: { latencies: number[]; lost: number; refused: number }[] = [];
  readonly #statuses = new Map<number, number>();
  readonly #losses: Loss[] = [];
  #open = 0;
  #starved = 0;
  #maxLagMs = 0;
  #firstRefusedMs: number | undefined;
  #lastAnsweredMs: number | undefined;
  #whenSettled: () => void = () => {};

  /** `began`: on the helper's clock. */
  constructor(began: number, timeoutMs: number) {
    this.#began = began;
    this.#timeoutMs = timeoutMs;
  }

  /** Milliseconds since the load began. */
  now(): number {
    return performance.now() - this.#began;
  }

  plan(kind: LoadKind, intendedMs: number): Attempt {
    const now = this.now();
    this.#maxLagMs = Math.max(this.#maxLagMs, now - intendedMs);
    this.#open += 1;
    for (const count of this.#countsOf(kind)) count.planned += 1;
    return new Attempt(kind, Math.min(now, intendedMs), this.#timeoutMs, (attempt, ending) =>
      this.#close(attempt, ending),
    );
  }

  /** Resolves when every planned request has ended: at the latest one timeout after the last was planned. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenSettled = resolve;
      if (this.#open === 0) resolve();
    });
  }

  #close(attempt: Attempt, ending: Ending): void {
    const now = this.now();
    const index = Math.floor(now / 1000);
    while (this.#seconds.length <= index) this.#seconds.push({ latencies: [], lost: 0, refused: 0 });
    const second = this.#seconds[index]!;
    for (const count of this.#countsOf(attempt.kind)) {
      count[ending.as] += 1;
      if (ending.as !== 'refused') count.sent += 1;
      if (attempt.retried) count.retried += 1;
    }
    switch (ending.as) {
      case 'answered':
        second.latencies.push(attempt.latencyMs ?? now - attempt.beganMs);
        this.#lastAnsweredMs = now;
        break;
      case 'lost':
        second.lost += 1;
        if (this.#losses.length < 50) this.#losses.push(lossOf(attempt, ending, now));
        break;
      case 'refused':
        second.refused += 1;
        this.#firstRefusedMs ??= now;
        if (ending.isStarved) this.#starved += 1;
    }
    if (ending.as !== 'refused' && ending.status !== undefined)
      this.#statuses.set(ending.status, (this.#statuses.get(ending.status) ?? 0) + 1);
    this.#open -= 1;
    if (this.#open === 0) this.#whenSettled();
  }

  result(noticedMs: number | undefined): LoadResult {
    const all = Float64Array.from(this.#seconds.flatMap(({ latencies }) => latencies)).sort();
    const at = (percent: number) => rounded(percentile(all, percent));
    const optional = <K extends string>(name: K, ms: number | undefined) =>
      (ms === undefined ? {} : { [name]: rounded(ms) }) as { [_ in K]?: number };
    return {
      total: { ...this.#total },
      byKind: Object.fromEntries(this.#kinds),
      latency: { p50: at(50), p90: at(90), p99: at(99), max: at(100) },
      seconds: this.#seconds.map(secondOf),
      losses: this.#losses,
      statuses: Object.fromEntries(this.#statuses),
      beganMs: rounded(this.#began),
      maxLagMs: rounded(this.#maxLagMs),
      starved: this.#starved,
      ...optional('firstRefusedMs', this.#firstRefusedMs),
      ...optional('lastAnsweredMs', this.#lastAnsweredMs),
      ...optional('noticedMs', noticedMs),
    };
  }

  #countsOf(kind: LoadKind): readonly Counting[] {
    let own = this.#kinds.get(kind);
    if (!own) {
      own = none();
      this.#kinds.set(kind, own);
    }
    return [this.#total, own];
  }
}

const none = (): Counting => ({ planned: 0, sent: 0, answered: 0, lost: 0, refused: 0, retried: 0 });

function lossOf({ kind, beganMs }: Attempt, ending: Extract<Ending, { as: 'lost' }>, now: number): Loss {
  const { reason, status } = ending;
  return {
    atMs: rounded(now),
    kind,
    reason,
    afterMs: rounded(now - beganMs),
    ...(status === undefined ? {} : { status }),
  };
}

function secondOf(second: {
  readonly latencies: number[];
  readonly lost: number;
  readonly refused: number;
}): LoadSecond {
  const sorted = Float64Array.from(second.latencies).sort();
  const { lost, refused } = second;
  const [p50, p99] = [rounded(percentile(sorted, 50)), rounded(percentile(sorted, 99))];
  return { answered: sorted.length, lost, refused, p50, p99 };
}
