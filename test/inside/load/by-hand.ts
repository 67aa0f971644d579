import type { Attempt } from '../../../src/inside/load/attempt.ts';
import type { Driver, Job } from '../../../src/inside/load/driver.ts';
import { Ledger } from '../../../src/inside/load/ledger.ts';
import type { LoadPart, LoadResult } from '../../../src/inside/protocol.ts';

/** A driver without its schedule: requests one by one, so that what comes after what is for the test to say. */
export class ByHand {
  readonly #ledger = new Ledger(performance.now(), 20_000);
  readonly #job: Job;
  readonly #driver: Driver;

  constructor(port: number, make: (job: Job) => Driver, part: Partial<LoadPart> & Pick<LoadPart, 'kind'>) {
    this.#job = {
      to: { host: '127.0.0.1', port, tls: false },
      part: { rate: 1, request: { method: 'GET', path: '/' }, ...part },
      wires: new Set(),
      now: () => this.#ledger.now(),
    };
    this.#driver = make(this.#job);
  }

  fire(): Attempt {
    const attempt = this.#ledger.plan(this.#job.part.kind, this.#ledger.now());
    this.#driver.fire(attempt);
    return attempt;
  }

  /** When all that was fired has ended. */
  async ended(): Promise<LoadResult> {
    await this.#ledger.settled();
    return this.#ledger.result(undefined);
  }

  /** As when a load ends. */
  async end(): Promise<LoadResult> {
    this.#driver.ending?.();
    const result = await this.ended();
    this.#driver.close?.();
    for (const wire of this.#job.wires) wire.close();
    return result;
  }
}
