/**
 * Durations as Compose reads them: Go's syntax and `d` and `w` (github.com/xhit/go-str2duration): `1m30s`, `2d`, `1.5h`.
 * Nanoseconds; undefined when the text is none.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^([-+]?)(.+)$/.exec(text);
  if (!match) return undefined;
  const [, sign, rest = ''] = match;
  if (rest === '0') return 0;
  let total = 0;
  let at = 0;
  const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w)/y;
  while (at < rest.length) {
    part.lastIndex = at;
    const found = part.exec(rest);
    if (!found) return undefined;
    total += Number(found[1]) * (UNITS[found[2] ?? ''] ?? 0);
    at = part.lastIndex;
  }
  if (!Number.isFinite(total) || total > 2 ** 63) return undefined;
  return sign === '-' ? -total : total;
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86_400e9,
  w: 604_800e9,
};

/** As Go prints a duration: `1h0m0s`, `1.5s`, `20ms`. */
export function goDuration(nanoseconds: number): string {
  const whole = Math.round(nanoseconds);
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

/** Seconds of a duration text; undefined when it is none. */
export function durationSeconds(text: string | undefined): number | undefined {
  const nanoseconds = text === undefined ? undefined : parseDuration(text);
  return nanoseconds === undefined ? undefined : nanoseconds / 1e9;
}
