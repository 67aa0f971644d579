/** The value, worked out when it is first asked for, and only once. */
export function lazily<T>(work: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: work() };
    return made.value;
  };
}

/**
 * A function of a value that never changes (a step, a stage, a file), remembered with that value: a hundred rules ask
 * the same questions of the same commands. Kept in a hidden property, because a WeakMap holds what it knows through
 * every collection of young objects: with one, 1,000 Dockerfiles needed twice the memory and twice the time in GC.
 */
export function remembered<Key extends object, T>(work: (key: Key) => T): (key: Key) => T {
  const slot = Symbol('remembered');
  return (key: Key & { readonly [slot]?: { readonly value: T } }) => {
    const known = key[slot];
    if (known) return known.value;
    const value = work(key);
    if (Object.isExtensible(key)) Object.defineProperty(key, slot, { value: { value } });
    return value;
  };
}
