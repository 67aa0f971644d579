/** As Go prints a duration, and so `docker compose config`: `1h0m0s`, `1.5s`, `20ms`. */
export function goDuration(durationMs: number): string {
  const whole = Math.round(durationMs * 1e6);
  if (whole === 0) return '0s';
  const sign = whole < 0 ? '-' : '';
  const size = Math.abs(whole);
  if (size < 1e3) return `${sign}${size}ns`;
  if (size < 1e6) return `${sign}${trimmed(size / 1e3)}µs`;
  if (size < 1e9) return `${sign}${trimmed(size / 1e6)}ms`;
  const minutes = Math.floor(size / 60e9);
  const seconds = trimmed((size - minutes * 60e9) / 1e9);
  if (minutes === 0) return `${sign}${seconds}s`;
  if (minutes < 60) return `${sign}${minutes}m${seconds}s`;
  return `${sign}${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}s`;
}

function trimmed(value: number): string {
  return value.toFixed(9).replace(/\.?0+$/, '');
}
