import { resolvePlain } from '../../read/yaml/resolve-scalar.ts';
import type { YamlStyle } from './style.ts';
import { AliasTo, OneLine, Template, type Value } from './value.ts';

/** Characters that begin something else than a plain scalar. */
const INDICATORS = /^[-?:,[\]{}#&*!|>'"%@`]/;
/** Where a reader, YAML's or a person's, might see something else: `80:80`, `a: b`, `a #b`. */
const UNSAFE = /: |:$|^\d+:\d| #|^\s|\s$/;
const NOT_IN_ONE_LINE = /[,[\]{}]/;

/** A scalar as the author would write it: plain where that reads back the same, quoted otherwise. */
export function writeScalar(
  value: string | number | boolean | null | Template | AliasTo,
  style: Pick<YamlStyle, 'quote'>,
  within: 'block' | 'flow' = 'block',
): string {
  if (value instanceof AliasTo) return `*${value.anchor}`;
  if (value === null) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = value instanceof Template ? value.text : value.replaceAll('$', '$$$$');
  // Control characters and line ends have a spelling between double quotes only.
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text)) return JSON.stringify(text);
  const isPlain =
    text !== '' &&
    resolvePlain(text) === text &&
    !/^(?:y|n|yes|no|on|off)$/i.test(text) &&
    !INDICATORS.test(text) &&
    !UNSAFE.test(text) &&
    !(within === 'flow' && NOT_IN_ONE_LINE.test(text));
  if (isPlain) return text;
  return quoted(text, style.quote);
}

/** The other quote where the text holds this one: less to escape. */
export function quoted(text: string, preferred: '"' | "'"): string {
  const other = preferred === '"' ? "'" : '"';
  const awkward = preferred === '"' ? /["\\]/ : /'/;
  const quote = awkward.test(text) && !(other === '"' ? /["\\]/ : /'/).test(text) ? other : preferred;
  return quote === '"'
    ? `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
    : `'${text.replaceAll("'", "''")}'`;
}

/** `[a, b]`, `{a: b}`; elements of lists are quoted as people write commands: `["CMD", "true"]`. */
export function writeFlow(value: Value, style: YamlStyle): string {
  if (value instanceof OneLine) return writeFlow(value.value, style);
  if (isScalar(value)) return writeScalar(value, style, 'flow');
  if (isList(value)) return `[${value.map((item) => flowItem(item, style)).join(', ')}]`;
  const entries = Object.entries(value).map(
    ([key, item]) => `${writeScalar(key, style, 'flow')}: ${writeFlow(item, style)}`,
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function flowItem(item: Value, style: YamlStyle): string {
  if (typeof item === 'string')
    return /^[A-Z_]+$/.test(item) && item !== 'CMD' && item !== 'NONE' && !item.startsWith('CMD-')
      ? item
      : quoted(item.replaceAll('$', '$$$$'), style.quote);
  return writeFlow(item, style);
}

/** `key: value` at a column, without a line end after it; the first line is not indented. */
export function writeEntry(key: string, value: Value, column: number, style: YamlStyle): string {
  return `${writeScalar(key, style)}:${writeAfterKey(value, column, style)}`;
}

/** What follows the colon of a key that stands at `column`: ` 5`, or a line end and a block; nothing for null. */
export function writeAfterKey(value: Value, column: number, style: YamlStyle): string {
  if (value === null) return '';
  if (isOneLiner(value)) return ` ${isScalar(value) ? writeScalar(value, style) : writeFlow(value, style)}`;
  const inner = column + (isList(value) ? style.listStep : style.step);
  return `${style.lineEnd}${' '.repeat(inner)}${writeBlock(value, inner, style)}`;
}

/** A block whose first line begins at `column`. */
export function writeBlock(value: Value, column: number, style: YamlStyle): string {
  if (isOneLiner(value)) return isScalar(value) ? writeScalar(value, style) : writeFlow(value, style);
  const between = `${style.lineEnd}${' '.repeat(column)}`;
  if (isList(value)) return value.map((item) => `- ${writeBlock(item, column + 2, style)}`).join(between);
  return Object.entries(value as { readonly [key: string]: Value })
    .map(([key, item]) => writeEntry(key, item, column, style))
    .join(between);
}

function isOneLiner(value: Value): boolean {
  if (isScalar(value) || value instanceof OneLine) return true;
  return isList(value) ? value.length === 0 : Object.keys(value).length === 0;
}

function isScalar(value: Value): value is string | number | boolean | null | Template | AliasTo {
  return value === null || typeof value !== 'object' || value instanceof Template || value instanceof AliasTo;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
