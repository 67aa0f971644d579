/**
 * Who may be out at the same time. Drills that measure time are out alone; of the others so many at once. Those who
 * wait to be alone go first, or they would wait until all others are done.
 */
export class Harbour {
  readonly #most: number;
  #out = 0;
  #isAlone = false;
  readonly #waiting: { readonly alone: boolean; readonly go: () => void }[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  async out<T>(company: 'any' | 'alone', voyage: () => Promise<T>): Promise<T> {
    const alone = company === 'alone';
    await new Promise<void>((go) => {
      this.#waiting.push({ alone, go });
      this.#next();
    });
    try {
      return await voyage();
    } finally {
      this.#out--;
      if (alone) this.#isAlone = false;
      this.#next();
    }
  }

  #next(): void {
    for (;;) {
      const first = this.#waiting.findIndex(({ alone }) => alone);
      const index = first === -1 ? 0 : first;
      const next = this.#waiting[index];
      if (!next || this.#isAlone || this.#out >= (next.alone ? 1 : this.#most)) return;
      this.#waiting.splice(index, 1);
      this.#out++;
      this.#isAlone = next.alone;
      next.go();
    }
  }
}
