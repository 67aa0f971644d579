/** Numbers of a version as far as they are written: `22`, `3.12`, `1.25.3`. */
export type Version = readonly number[];

export type RangeDialect = 'npm' | 'python' | 'ruby' | 'composer';

/** `22`, `v22.4.1`, `22.4-alpine`, `ruby-3.4.1`; undefined for what begins otherwise. */
export function readVersion(text: string): Version | undefined {
  const match = /^(?:v|ruby-|python-)?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,9}))?(?![\w.])/.exec(text.trim());
  return match?.slice(1).flatMap((part) => (part === undefined ? [] : [Number(part)]));
}

/**
 * Whether a version may lie in a range as package managers write them. A short version (`22`) stands for its newest, so
 * it fits wherever one of its kind may. Undefined where the range is of a form that is not read here.
 */
export function mayFit(version: Version, range: string, dialect: RangeDialect): boolean | undefined {
  if (range.length > 200 || / - /.test(range)) return undefined;
  let known = true;
  const alternatives = range.split(/\|\|?/).map((one) => {
    const parts = one
      .replace(/(^|[\s,])(===?|~=|~>|[<>!]=?|[\^~])\s+/g, '$1$2')
      .split(/[\s,]+/)
      .filter((part) => part !== '');
    return parts.every((part) => {
      const fits = fitsOne(version, part, dialect);
      if (fits === undefined) known = false;
      return fits !== false;
    });
  });
  if (alternatives.includes(true)) return known ? true : undefined;
  return known ? false : undefined;
}

function fitsOne(version: Version, part: string, dialect: RangeDialect): boolean | undefined {
  const match = /^(===?|=|~=|~>|[<>!]=?|[\^~])?v?([\dx*][\w.*]*)$/i.exec(part);
  if (!match) return undefined;
  const [, operator = '', text = ''] = match;
  const numbers = text.split('.');
  const open = numbers.findIndex((one) => /^[x*]$/i.test(one));
  const written = (open === -1 ? numbers : numbers.slice(0, open)).map(Number);
  if (written.some((one) => !Number.isInteger(one))) return undefined;
  if (written.length === 0) return true;
  const order = compare(version, written);
  switch (operator) {
    case '>=':
      return order >= 0;
    case '>':
      // `>3` of a short version `3` may be 3.1.
      return order > 0 || (order === 0 && version.length < 3);
    case '<=':
      return order <= 0;
    case '<':
      return order < 0 || (order === 0 && version.length < written.length);
    case '!=':
      return true;
    case '^':
      return order >= 0 && sameUpTo(version, written, written[0] === 0 ? 2 : 1);
    case '~':
      if (dialect === 'npm') return order >= 0 && sameUpTo(version, written, Math.min(2, written.length));
      return order >= 0 && sameUpTo(version, written, Math.max(1, written.length - 1));
    case '~>':
    case '~=':
      return order >= 0 && sameUpTo(version, written, Math.max(1, written.length - 1));
    default:
      return order === 0;
  }
}

/** As far as both are written. */
function compare(first: Version, second: Version): number {
  for (let at = 0; at < Math.min(first.length, second.length); at++) {
    const difference = (first[at] ?? 0) - (second[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function sameUpTo(first: Version, second: Version, length: number): boolean {
  return compare(first.slice(0, length), second.slice(0, length)) === 0;
}
