/** Milliseconds of the helper's monotonic clock since it started: the times that it tells. */
export const helperClock = (): number => performance.now();
