/** What a worker is told when it starts, as JSON in its first argument. */
export interface Orders {
  readonly root: string;
  readonly seed: number;
  /** It does the runs `first`, `first + step`, … below `end`. */
  readonly first: number;
  readonly step: number;
  readonly end: number;
  /** Every how many runs the order of rules and files, and the reports, are tried too. */
  readonly deepEvery: number;
  /** Mend it as well. */
  readonly mend: boolean;
}

export interface Find {
  readonly run: number;
  readonly sample: string;
  readonly fault: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What a worker says: before each run, so that who does not come back can be named; and what it found. */
export type News =
  | { readonly kind: 'began'; readonly run: number }
  | { readonly kind: 'done'; readonly runs: number; readonly deep: number; readonly slowest: Slowest }
  | { readonly kind: 'found'; readonly find: Find };

export interface Slowest {
  readonly run: number;
  readonly sample: string;
  readonly ms: number;
}

/** No run may take longer. */
export const limitMs = 1_000;
