import { count } from '../../report/listed.ts';
import { visible } from '../../report/visible.ts';
import type { DrillEvent } from '../../vocabulary/drill.ts';

/** What a run has not removed, on purpose or not: told last, whatever became of the run, and also with `--quiet`. */
export class Leftovers {
  readonly #left: string[] = [];
  #kept: { readonly run: string; readonly count: number } | undefined;

  take(event: DrillEvent): void {
    if (event.type === 'left') this.#left.push(event.what);
    else if (event.type === 'kept') this.#kept = event;
  }

  /** Lines for standard error; empty where nothing is left. */
  text(): string {
    const lines = this.#left.slice(0, 10).map((what) => `seaworthy: could not remove ${visible(what)}`);
    if (this.#left.length > 10) lines.push(`seaworthy: and ${this.#left.length - 10} more`);
    if (this.#kept)
      lines.push(
        `seaworthy: kept ${count(this.#kept.count, 'thing')}, see docker ps --all --filter label=seaworthy.run=${this.#kept.run}`,
        '  seaworthy drill --sweep removes all that was kept',
      );
    return lines.map((line) => `${line}\n`).join('');
  }
}
