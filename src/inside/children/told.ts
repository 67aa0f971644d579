/** A line from a child to the helper. */
export interface Told {
  readonly joined?: true;
  /** Bytes taken so far. */
  readonly taken?: number;
  /** Processes started so far. */
  readonly started?: number;
  readonly refused?: true;
  readonly fault?: string;
}

export const tell = (told: Told): void => {
  process.stdout.write(`${JSON.stringify(told)}\n`);
};
