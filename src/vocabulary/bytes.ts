const factors: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, p: 2 ** 50 };

/**
 * Sizes as Docker reads them (go-units' `RAMInBytes`): `512m`, `1.5gb`, `64k`, `2 GiB`, plain bytes. Units are binary
 * whatever they are called. Undefined for what Docker refuses, negative sizes among them (`-1` for "no limit" is a plain
 * number where Docker allows it). Fractions of a byte are dropped.
 */
export function parseBytes(text: string): number | undefined {
  // A blank is taken only right before the unit or at the end, and one at most.
  const match = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?) ?([a-zA-Z]{0,3})$/.exec(text);
  if (!match) return undefined;
  const size = Number(match[1]);
  const suffix = (match[2] as string).toLowerCase();
  const unit = /^(b|([kmgtp])(b|ib)?)?$/.exec(suffix);
  if (!unit || size < 0) return undefined;
  const bytes = Math.trunc(size * (factors[unit[2] ?? ''] ?? 1));
  return bytes < 2 ** 63 ? Math.abs(bytes) : undefined;
}

const printed: readonly (readonly [string, number])[] = [
  ['PiB', 2 ** 50],
  ['TiB', 2 ** 40],
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
];

/** For people: `512 MiB`, `1.5 GiB`, `100 bytes`; at most two decimals. */
export function printBytes(bytes: number): string {
  const [unit, factor] = printed.find(([, size]) => Math.abs(bytes) >= size) ?? [bytes === 1 ? 'byte' : 'bytes', 1];
  return `${Number((bytes / factor).toFixed(2))} ${unit}`;
}

/** As Compose and the docker CLI read it back exactly: `512m`, `1536m`, `100` for what no unit divides. */
export function writeBytes(bytes: number): string {
  const unit = (['g', 'm', 'k'] as const).find((name) => bytes > 0 && bytes % (factors[name] as number) === 0);
  return unit ? `${bytes / (factors[unit] as number)}${unit}` : String(bytes);
}
