/**
 * Plain scalars as go-yaml v3 decodes them into `interface{}`, which is how Compose sees them: a mix of YAML 1.1
 * (`0440` is octal, `_` separates digits) and 1.2 (`yes`, `no`, `on`, `off` are strings).
 * Source: `resolve.go` of gopkg.in/yaml.v3, and Go's `strconv.ParseInt(text, 0, 64)`.
 */
export function resolvePlain(text: string): string | number | boolean | null {
  const known = WORDS.get(text);
  if (known !== undefined) return known;
  const first = text.charCodeAt(0);
  // Only digits, signs and a point can begin a number: most scalars leave here.
  if (!((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46)) return text;
  if (text.length > 400) return text;
  if (first === 46) return float(text) ?? text;
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  return goInteger(plain) ?? float(plain) ?? text;
}

const WORDS = new Map<string, boolean | number | null>([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
  ['.nan', Number.NaN],
  ['.NaN', Number.NaN],
  ['.NAN', Number.NaN],
  ['.inf', Number.POSITIVE_INFINITY],
  ['.Inf', Number.POSITIVE_INFINITY],
  ['.INF', Number.POSITIVE_INFINITY],
  ['+.inf', Number.POSITIVE_INFINITY],
  ['+.Inf', Number.POSITIVE_INFINITY],
  ['+.INF', Number.POSITIVE_INFINITY],
  ['-.inf', Number.NEGATIVE_INFINITY],
  ['-.Inf', Number.NEGATIVE_INFINITY],
  ['-.INF', Number.NEGATIVE_INFINITY],
]);

const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
/** A float; one too large for 64 bits is an error in Go, and so a text. */
function float(text: string): number | undefined {
  const value = FLOAT.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

const INTEGER = /^([-+]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|([1-9]\d*|0))$/;

/** An integer in any base Go accepts with base 0, or undefined. `08` is none (no octal digit), and so a float. */
function goInteger(text: string): number | undefined {
  const match = INTEGER.exec(text);
  if (!match) return undefined;
  const [, sign, hex, binary, octal, decimal] = match;
  const size =
    hex !== undefined
      ? Number.parseInt(hex, 16)
      : binary !== undefined
        ? Number.parseInt(binary, 2)
        : octal !== undefined
          ? Number.parseInt(octal, 8)
          : Number(decimal);
  // Beyond 64 bits Go gives up on integers and reads a float where it can; the value is the same number here.
  return sign === '-' ? 0 - size : size;
}
