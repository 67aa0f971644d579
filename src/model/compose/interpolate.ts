import { interpolate } from '../../read/compose-template.ts';
import type { YamlNode, YamlScalar } from '../../read/yaml/tree.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { Scope } from './loading.ts';
import { type Place, placeOf } from './table/table.ts';
import { mapItems, mapValues, partSpan } from './tree-build.ts';

/** Puts variables into every value (keys are left alone), and casts texts where the model wants a number or a flag. */
export function interpolateTree(node: YamlNode, scope: Scope, place: Place | undefined, path: string): YamlNode {
  switch (node.kind) {
    case 'map':
      return mapValues(node, (value, key) =>
        interpolateTree(value, scope, placeOf(place, key), path === '' ? key : `${path}.${key}`),
      );
    case 'list':
      return mapItems(node, (item) => interpolateTree(item, scope, place?.item, `${path}.[]`));
    case 'scalar':
      return typeof node.value === 'string' ? cast(replace(node, scope, path), scope, place, path) : node;
  }
}

function replace(scalar: YamlScalar, scope: Scope, path: string): YamlScalar {
  const template = String(scalar.value);
  if (!template.includes('$')) return scalar;
  const { loading } = scope;
  const result = interpolate(template, (name) => scope.environment.get(name));
  if (result.error) {
    const { kind, message, start, end } = result.error;
    const span = partSpan(scalar, start, end);
    if (kind === 'required') loading.refuse('required-variable', `error while interpolating ${path}: ${message}`, span);
    else loading.refuse('bad-interpolation', `${message}: at ${path}; to mean a literal $, write $$`, span);
    return scalar;
  }
  for (const name of result.unset) loading.unset.push({ name, span: variableSpan(scalar, template, name) });
  if (result.used.length > 0) loading.interpolations.push({ template, variables: result.used, span: scalar.span });
  return { ...scalar, value: result.text, template };
}

function variableSpan(scalar: YamlScalar, template: string, name: string): Span {
  for (const opening of [`\${${name}`, `$${name}`]) {
    const at = template.indexOf(opening);
    if (at !== -1) return partSpan(scalar, at, at + opening.length + (template[at + opening.length] === '}' ? 1 : 0));
  }
  return scalar.span;
}

function cast(scalar: YamlScalar, scope: Scope, place: Place | undefined, path: string): YamlScalar {
  const kind = place?.attribute?.cast;
  if (kind === undefined) return scalar;
  const text = String(scalar.value);
  const value = kind === 'boolean' ? toBoolean(text) : kind === 'integer' ? toInteger(text) : toFloat(text);
  if (value !== undefined) return { ...scalar, value };
  scope.loading.refuse(
    'bad-value',
    `${path}: ${JSON.stringify(scalar.template ?? text)} is no ${WORDS[kind]}`,
    scalar.span,
  );
  return scalar;
}

const WORDS = { boolean: 'boolean', integer: 'integer', float: 'number' } as const;

/** compose-go takes YAML 1.1's words too, and warns. */
export function toBoolean(text: string): boolean | undefined {
  switch (text.toLowerCase()) {
    case 'true':
    case 'y':
    case 'yes':
    case 'on':
      return true;
    case 'false':
    case 'n':
    case 'no':
    case 'off':
      return false;
    default:
      return undefined;
  }
}

/** Go's `strconv.Atoi`: decimal only. */
export function toInteger(text: string): number | undefined {
  return /^[-+]?\d+$/.test(text) ? Number(text) : undefined;
}

export function toFloat(text: string): number | undefined {
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : undefined;
}
