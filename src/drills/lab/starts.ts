import { SeaworthyError } from '../../vocabulary/error.ts';

/** Twice may be a busy machine; a third time is waiting for nothing. */
const enough = 2;

/**
 * How the worlds of a run have started. Where what a service needs has failed twice and never started, the other drills
 * of that service are told so at once: twenty drills would else wait twenty times for a database that never comes.
 */
export class Starts {
  readonly #good = new Set<string>();
  readonly #failed = new Map<string, SeaworthyError[]>();

  /** Throws what has failed before. */
  throwIfHopeless(service: string): void {
    const [first, ...more] = this.#failed.get(service) ?? [];
    if (first && more.length + 1 >= enough && !this.#good.has(service)) throw first;
  }

  async watch<T>(service: string, starting: Promise<T>): Promise<T> {
    try {
      const started = await starting;
      this.#good.add(service);
      return started;
    } catch (error) {
      if (error instanceof SeaworthyError && error.code === 'dependency-failed')
        this.#failed.set(service, [...(this.#failed.get(service) ?? []), error]);
      throw error;
    }
  }
}
