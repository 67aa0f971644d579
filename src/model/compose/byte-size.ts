/**
 * Byte sizes as Compose reads them (docker/go-units `RAMInBytes`): `512m`, `1.5 GiB`, `100`; 1024-based.
 * Undefined when the text is none. Integers may be negative (`-1` is without limit).
 */
export function parseBytes(text: string): number | undefined {
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  const match = /^(\d+(?:\.\d+)?|\.\d+) ?([a-zA-Z]*)$/.exec(text);
  if (!match) return undefined;
  const unit = /^([kmgtp]?)(?:i?b)?$/i.exec(match[2] ?? '');
  // `ib` alone is no unit, but go-units looks at the first letter only after checking the whole suffix.
  if (!unit || /^ib$/i.test(match[2] ?? '')) return undefined;
  const power = ['', 'k', 'm', 'g', 't', 'p'].indexOf((unit[1] ?? '').toLowerCase());
  return Math.trunc(Number(match[1]) * 1024 ** power);
}
