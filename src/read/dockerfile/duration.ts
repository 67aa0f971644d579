const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** A duration as Go's `time.ParseDuration` reads it (`1m30s`, `.5h`, `0`), in nanoseconds; undefined when it is none. */
export function parseGoDuration(text: string): number | undefined {
  if (text.length > 100) return undefined;
  const match = /^([-+]?)(0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text);
  if (!match) return undefined;
  const [, sign, body = ''] = match;
  let total = 0;
  for (const [, amount, unit = ''] of body.matchAll(/([\d.]+)([a-zµμ]+)/g)) {
    total += Number(amount) * (nanoseconds[unit] ?? 0);
  }
  // int64 nanoseconds: about 292 years.
  if (total > 2 ** 63) return undefined;
  return sign === '-' ? -total : total;
}
