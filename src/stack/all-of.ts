/**
 * Waits for all of them, and only then rejects with the first failure: what is still under way would otherwise be made
 * after the clean-up.
 */
export async function allOf(promises: Iterable<Promise<unknown>>): Promise<void> {
  const ended = await Promise.allSettled(promises);
  const first = ended.find((one) => one.status === 'rejected');
  if (first) throw first.reason;
}
