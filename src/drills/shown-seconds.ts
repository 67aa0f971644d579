/** `4.2 s`, `0.35 s`, `12 s`: as exact as it matters. */
export function shownSeconds(ms: number): string {
  const seconds = ms / 1000;
  return `${seconds.toFixed(seconds < 1 ? 2 : seconds < 10 ? 1 : 0)} s`;
}
