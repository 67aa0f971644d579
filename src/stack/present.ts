/** A body without what nobody asked for: the engine tells a field that is absent from one that is empty. */
export function present<T extends Readonly<Record<string, unknown>>>(body: T): T {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(body)) if (value !== undefined) kept[key] = value;
  return kept as T;
}

/** The list, or undefined where it is empty. */
export function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
