/** How much of the harbour a voyage needs: a berth, half of all, or all, which is to be alone. */
export type Room = 'berth' | 'half' | 'alone';

/**
 * Who may be out at the same time. Those who need most go first: who wait to be alone would else wait until all others
 * are done.
 */
export class Harbour {
  readonly #berths: number;
  #free: number;
  readonly #waiting: { readonly berths: number; readonly go: () => void }[] = [];

  constructor(berths: number) {
    this.#berths = berths;
    this.#free = berths;
  }

  async out<T>(room: Room, voyage: () => Promise<T>): Promise<T> {
    const berths = { berth: 1, half: Math.ceil(this.#berths / 2), alone: this.#berths }[room];
    await new Promise<void>((go) => {
      this.#waiting.push({ berths, go });
      this.#next();
    });
    try {
      return await voyage();
    } finally {
      this.#free += berths;
      this.#next();
    }
  }

  #next(): void {
    for (;;) {
      const most = Math.max(...this.#waiting.map(({ berths }) => berths));
      const index = this.#waiting.findIndex(({ berths }) => berths === most);
      const next = this.#waiting[index];
      if (!next || next.berths > this.#free) return;
      this.#waiting.splice(index, 1);
      this.#free -= next.berths;
      next.go();
    }
  }
}
