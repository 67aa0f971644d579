import { damaged } from './damage.ts';
import { type Kind, kindOf } from './dictionary.ts';
import { Random } from './random.ts';
import type { Sample } from './samples.ts';

/** The files of run `n` of a seed: always the same where the samples are the same. */
export class Runs {
  readonly #samples: readonly Sample[];
  readonly #donors = new Map<Kind, string[]>();
  readonly #seed: number;

  constructor(samples: readonly Sample[], seed: number) {
    this.#samples = samples;
    this.#seed = seed;
    for (const { files } of samples)
      for (const [path, text] of Object.entries(files)) {
        const kind = kindOf(path);
        const known = this.#donors.get(kind);
        if (known) known.push(text);
        else this.#donors.set(kind, [text]);
      }
  }

  /** And a source of chance for what else the run needs. */
  run(number: number): { name: string; files: Record<string, string>; draw: Random } {
    const draw = new Random(this.#seed, number);
    const { name, files } = draw.from(this.#samples);
    return { name, files: damaged(files, (kind) => this.#donors.get(kind) ?? [], draw), draw };
  }
}
