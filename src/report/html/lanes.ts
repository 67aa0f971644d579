/** Stretches of one channel, each with a key; stretches with the same key may lie on one another. */
export class Lanes {
  readonly #stretches = new Map<string, { from: number; to: number }>();
  #lanes: ReadonlyMap<string, number> | undefined;
  #count = 0;

  add(key: string, from: number, to: number): void {
    const known = this.#stretches.get(key);
    const least = Math.min(from, to);
    const most = Math.max(from, to);
    if (!known) this.#stretches.set(key, { from: least, to: most });
    else {
      known.from = Math.min(known.from, least);
      known.to = Math.max(known.to, most);
    }
    this.#lanes = undefined;
  }

  /** How many lanes it takes when no two keys may touch within `apart`. */
  count(apart: number): number {
    this.#assign(apart);
    return this.#count;
  }

  laneOf(key: string, apart: number): number {
    return this.#assign(apart).get(key) ?? 0;
  }

  /** First fit by beginning: takes as few lanes as an interval graph can be coloured with. */
  #assign(apart: number): ReadonlyMap<string, number> {
    if (this.#lanes) return this.#lanes;
    const ends: number[] = [];
    const lanes = new Map<string, number>();
    const sorted = [...this.#stretches].sort(
      ([a, one], [b, other]) => one.from - other.from || one.to - other.to || (a < b ? -1 : 1),
    );
    for (const [key, { from, to }] of sorted) {
      const free = ends.findIndex((end) => end + apart <= from);
      const lane = free === -1 ? ends.length : free;
      ends[lane] = to;
      lanes.set(key, lane);
    }
    this.#count = ends.length;
    this.#lanes = lanes;
    return lanes;
  }
}
