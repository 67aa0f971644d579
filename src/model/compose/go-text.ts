import type { YamlScalar } from '../../read/yaml/tree.ts';

/** A scalar as Go's `fmt.Sprint` prints it: what Compose puts into labels, variables and options. */
export function goText(scalar: YamlScalar): string {
  const { value } = scalar;
  if (typeof value === 'number') return goNumber(value, isGoFloat(scalar));
  if (value === null) return '<nil>';
  return String(value);
}

/** Go prints integers in full, and floats with an exponent from 21 digits on or below 1e-4, of at least two digits. */
function goNumber(value: number, float: boolean): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Number.isInteger(value) && !float && Math.abs(value) < 2 ** 64) return BigInt(value).toString();
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e21) ? value.toExponential() : String(value);
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
