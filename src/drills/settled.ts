/** Resolves when all of them have ended, in whatever way, or the time is over: then false. */
export async function settled(promises: Iterable<Promise<unknown>>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const ended = Promise.allSettled(promises).then(() => true);
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}
