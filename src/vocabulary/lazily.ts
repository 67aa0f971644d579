/** The value, worked out when it is first asked for, and only once. */
export function lazily<T>(work: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: work() };
    return made.value;
  };
}

/**
 * A function of a value that never changes (a node of a tree, a step, a file), remembered as long as that value lives:
 * a hundred rules ask the same questions of the same commands.
 */
export function remembered<Key extends object, T>(work: (key: Key) => T): (key: Key) => T {
  const known = new WeakMap<Key, { readonly value: T }>();
  return (key) => {
    let made = known.get(key);
    if (!made) {
      made = { value: work(key) };
      known.set(key, made);
    }
    return made.value;
  };
}
