import type { EngineEvent } from '../../engine/events.ts';
import type { LoadResult } from '../../inside/protocol.ts';
import type { Series, Timeline, TimelineEvent } from '../../vocabulary/drill.ts';

type Point = readonly [seconds: number, value: number];

/** What happened while a drill ran, to be drawn. Times are kept as milliseconds since 1970 and told from its beginning. */
export class Journal {
  readonly #began = Date.now();
  readonly #notes: { at: number; what: string; by: TimelineEvent['by'] }[] = [];
  readonly #health: { at: number; state: string }[] = [];
  readonly #memory: Point[] = [];
  #memoryLimit: number | undefined;
  readonly #loads: { began: number; result: LoadResult }[] = [];

  note(what: string, by: TimelineEvent['by'], at = Date.now()): void {
    if (this.#notes.length < 200) this.#notes.push({ at, what, by });
  }

  engineSaid(event: EngineEvent): void {
    const health = /^health_status: (\w+)/.exec(event.action)?.[1];
    if (health !== undefined) this.#health.push({ at: event.at, state: health });
    else if (event.action === 'start') {
      this.#health.push({ at: event.at, state: 'starting' });
      this.note('started', 'engine', event.at);
    } else if (event.action === 'die') {
      this.#health.push({ at: event.at, state: 'stopped' });
      this.note(`ended with code ${event.exitCode ?? '?'}`, 'service', event.at);
    } else if (event.action === 'oom') this.note('out of memory', 'engine', event.at);
    else if (event.action === 'kill') this.note(`signal ${event.signal ?? '?'} sent`, 'engine', event.at);
  }

  memory(bytes: number, limit: number | null): void {
    if (this.#memory.length < 5000) this.#memory.push([this.#seconds(Date.now()), bytes]);
    if (limit !== null) this.#memoryLimit = limit;
  }

  /** `began`: when the load did, by our clock. */
  load(began: number, result: LoadResult): void {
    this.#loads.push({ began, result });
  }

  timeline(): Timeline {
    const seconds = this.#seconds(Date.now());
    const health = this.#health.map(({ at, state }, index) => ({
      from: Math.max(0, this.#seconds(at)),
      to: Math.max(0, index + 1 < this.#health.length ? this.#seconds(this.#health[index + 1]!.at) : seconds),
      state,
    }));
    const events = this.#notes
      .map(({ at, what, by }) => ({ at: Math.max(0, this.#seconds(at)), what, by }))
      .sort((a, b) => a.at - b.at);
    return { seconds, series: this.#series(), events, health };
  }

  #series(): Series[] {
    const points = (value: (second: LoadResult['seconds'][number]) => number): Point[] =>
      this.#loads.flatMap(({ began, result }) =>
        result.seconds.map((second, index): Point => [round(this.#seconds(began) + index), value(second)]),
      );
    const series: Series[] = [];
    const add = (one: Series) => {
      if (one.points.length > 0) series.push(one);
    };
    add({ name: 'answered', panel: 'requests', unit: '/s', points: points((second) => second.answered) });
    add({ name: 'lost', panel: 'requests', unit: '/s', points: points((second) => second.lost) });
    add({ name: 'refused', panel: 'requests', unit: '/s', points: points((second) => second.refused) });
    add({ name: 'p50', panel: 'latency', unit: 'ms', points: points((second) => second.p50) });
    add({ name: 'p99', panel: 'latency', unit: 'ms', points: points((second) => second.p99) });
    const limit = this.#memoryLimit === undefined ? {} : { limit: this.#memoryLimit };
    add({ name: 'memory', panel: 'memory', unit: 'bytes', points: this.#memory, ...limit });
    return series;
  }

  #seconds(at: number): number {
    return round((at - this.#began) / 1000);
  }
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
