import type { YamlScalar } from '../../read/yaml/tree.ts';

/** A scalar as Go's `fmt.Sprint` prints it: what Compose puts into labels, variables and options. */
export function goText(scalar: YamlScalar): string {
  const { value } = scalar;
  if (typeof value === 'number') return writtenInteger(scalar, value) ?? goNumber(value, isGoFloat(scalar));
  if (value === null) return '<nil>';
  return String(value);
}

/** A whole number with more digits than a number of JavaScript's keeps, and that Go does keep. */
function writtenInteger({ style, template, source }: YamlScalar, value: number): string | undefined {
  if (style !== 'plain' || template !== undefined || Number.isSafeInteger(value)) return undefined;
  if (!/^[-+]?[1-9][\d_]*$/.test(source)) return undefined;
  const whole = BigInt(source.replace(/^\+|_/g, '').replaceAll('_', ''));
  return whole < 2n ** 64n && whole >= -(2n ** 63n) ? whole.toString() : undefined;
}

/** Go prints integers in full, and floats with an exponent from seven digits on or below 1e-4, of at least two digits. */
function goNumber(value: number, float: boolean): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  // What no integer of 64 bits holds is a float to Go.
  if (Number.isInteger(value) && !float && Math.abs(value) < 2 ** 64) return BigInt(value).toString();
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Whether Go sees a float: `1.0` is one, `1` is not. Numbers that phases made are what they are. */
export function isGoFloat(scalar: YamlScalar): boolean {
  if (typeof scalar.value !== 'number') return false;
  if (!Number.isInteger(scalar.value)) return true;
  return (
    scalar.style === 'plain' &&
    scalar.template === undefined &&
    /^[-+]?[\d_]*[.eE\d][\d_.]*(?:[eE][-+]?\d+)?$/.test(scalar.source) &&
    /[.eE]/.test(scalar.source)
  );
}
