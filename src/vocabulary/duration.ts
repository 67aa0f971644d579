/**
 * Durations as Docker writes them: `1m30s`, `500ms`, `1.5h`. Compose reads them with go-str2duration, which also knows
 * `d` and `w`; Dockerfiles (HEALTHCHECK) with Go's own `time.ParseDuration`, which does not.
 */
export type DurationDialect = 'compose' | 'go';

const unitMs = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['\u00b5s', 1e-3], // micro sign
  ['\u03bcs', 1e-3], // Greek mu
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
]);

/** Go holds a duration in a signed 64-bit count of nanoseconds: some 292 years. */
const longestMs = 2 ** 63 / 1e6;

/** In milliseconds, fractions kept; negative ones too. Undefined for what Docker refuses: no unit, blanks, no digit. */
export function parseDuration(text: string, dialect: DurationDialect = 'compose'): number | undefined {
  const signed = text.startsWith('-') || text.startsWith('+');
  const body = signed ? text.slice(1) : text;
  if (body === '0') return 0;
  if (body === '') return undefined;
  const piece = /(\d+(?:\.\d*)?|\.\d+)([^.\d]+)/y;
  let totalMs = 0;
  while (piece.lastIndex < body.length) {
    const match = piece.exec(body);
    const unit = unitMs.get(match?.[2] ?? '');
    if (!match || unit === undefined || (dialect === 'go' && unit > 3_600_000)) return undefined;
    totalMs += Number(match[1]) * unit;
    if (totalMs >= longestMs) return undefined;
  }
  return text.startsWith('-') ? 0 - totalMs : totalMs;
}

const printed: readonly (readonly [string, number])[] = [
  ['h', 3_600_000],
  ['m', 60_000],
];

/** The short form, zero parts left out: `1h`, `1m30s`, `1.5s`, `500ms`. Docker reads it back as the same duration. */
export function printDuration(durationMs: number): string {
  if (durationMs < 0) return `-${printDuration(-durationMs)}`;
  if (durationMs === 0) return '0s';
  if (durationMs < 1000) return durationMs < 1 ? subMillisecond(durationMs) : `${trimmed(durationMs)}ms`;
  let rest = durationMs;
  let text = '';
  for (const [unit, ms] of printed) {
    const count = Math.floor(rest / ms);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * ms;
  }
  return rest > 0 ? `${text}${trimmed(rest / 1000)}s` : text;
}

function subMillisecond(durationMs: number): string {
  const us = durationMs * 1000;
  return us >= 1 ? `${trimmed(us)}us` : `${Math.round(us * 1000)}ns`;
}

/** To the nanosecond, without an exponent or final zeros. */
function trimmed(value: number): string {
  return value.toFixed(9).replace(/\.?0+$/, '');
}
