import { existsSync, readFileSync } from 'node:fs';
import { attributes, placeOf, top } from '../../src/model/compose/table/table.ts';

/** Compares the attribute table with compose-go's own schema: what one has and the other lacks. */
export interface SchemaDifference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly types: readonly string[];
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const WORDS: Readonly<Record<string, string>> = { object: 'mapping', array: 'list' };

export function compareWithSchema(path: string): SchemaDifference | undefined {
  if (!existsSync(path)) return undefined;
  const root = JSON.parse(readFileSync(path, 'utf8')) as Schema;
  const found = new Map<string, Set<string>>();
  visit(root, '', root, found, 0);
  const missing: string[] = [];
  const types: string[] = [];
  for (const [at, kinds] of found) {
    if (at === '') continue;
    let place: ReturnType<typeof top> | undefined = top();
    for (const part of at.split('.'))
      place = part === '[]' ? place?.item : part === '*' ? place?.any : placeOf(place, part);
    if (!place) missing.push(at);
    else {
      const ours = [...new Set(place.accepts.kinds)].sort().join('|');
      const theirs = [...kinds].sort().join('|');
      if (ours !== theirs) types.push(`${at}: ours ${ours}, schema ${theirs}`);
    }
  }
  const extra = attributes.map((row) => row.path).filter((at) => !found.has(at));
  return { missing, extra, types };
}

function visit(schema: Schema, at: string, root: Schema, found: Map<string, Set<string>>, depth: number): void {
  if (depth > 20) return;
  if (schema.$ref) {
    const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    if (target) visit(target, at, root, found, depth + 1);
    return;
  }
  const kinds = found.get(at) ?? new Set<string>();
  found.set(at, kinds);
  for (const type of typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []))
    kinds.add(WORDS[type] ?? type);
  for (const one of schema.oneOf ?? []) visit(one, at, root, found, depth + 1);
  const below = (key: string) => (at === '' ? key : `${at}.${key}`);
  for (const [key, value] of Object.entries(schema.properties ?? {})) visit(value, below(key), root, found, depth + 1);
  for (const [pattern, value] of Object.entries(schema.patternProperties ?? {}))
    if (pattern !== '^x-') visit(value, below('*'), root, found, depth + 1);
  if (schema.items) visit(schema.items, below('[]'), root, found, depth + 1);
}
