/** One line of a conformance table; each runner narrows it to what its own rows hold. */
export interface Row {
  readonly id?: string;
  readonly peer?: string;
  readonly rule?: string;
  readonly kind?: string;
  readonly title?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** `clean`: the peer accepts the input. `catch`: it refuses (or, for .dockerignore, matches). */
  readonly expect?: string;
  /** Part of the peer's error. */
  readonly message?: string;
  readonly golden?: unknown;
}

export interface Outcome {
  readonly agree: boolean;
  readonly expected: string;
  readonly got: string;
  readonly note?: string;
}

/** Rows are outside data: what is not an object with a string in it is read as empty. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
