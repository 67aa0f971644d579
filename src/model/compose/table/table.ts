import { lazily } from '../../../vocabulary/lazily.ts';
import { type Accepts, parseType } from './accepts.ts';
import { attachmentAttributes } from './attachment.ts';
import type { Attribute } from './attribute.ts';
import { buildAttributes } from './build.ts';
import { deployAttributes } from './deploy.ts';
import { developAttributes } from './develop.ts';
import { isolationAttributes } from './isolation.ts';
import { projectAttributes } from './project.ts';
import { resourceAttributes } from './resources.ts';
import { serviceAttributes } from './service.ts';

/** Every attribute of Compose. */
export const attributes: readonly Attribute[] = [
  ...projectAttributes,
  ...serviceAttributes,
  ...attachmentAttributes,
  ...isolationAttributes,
  ...buildAttributes,
  ...deployAttributes,
  ...developAttributes,
  ...resourceAttributes,
];

/** The table as a tree, to walk beside a document. */
export interface Place {
  /** Undefined for the top, and for elements whose type stands in the row above. */
  readonly attribute: Attribute | undefined;
  readonly accepts: Accepts;
  /** By key of a mapping. */
  readonly named: ReadonlyMap<string, Place>;
  /** Any other key. */
  readonly any: Place | undefined;
  /** Elements of a list. */
  readonly item: Place | undefined;
}

interface Draft {
  attribute: Attribute | undefined;
  accepts: Accepts;
  named: Map<string, Draft>;
  any: Draft | undefined;
  item: Draft | undefined;
}

const draft = (accepts: Accepts = { kinds: ['mapping'] }): Draft => ({
  attribute: undefined,
  accepts,
  named: new Map(),
  any: undefined,
  item: undefined,
});

/** Built when a Compose file is first read: most runs on a lone Dockerfile never need it (2 ms of a cold start). */
export const top: () => Place = lazily(plant);

function plant(): Place {
  const root = draft();
  for (const attribute of attributes) {
    let at = root;
    for (const part of attribute.path.split('.')) at = step(at, part);
    at.attribute = attribute;
    at.accepts = parseType(attribute.type);
  }
  sow(root);
  return root;
}

function step(from: Draft, part: string): Draft {
  if (part === '*') {
    from.any ??= draft();
    return from.any;
  }
  if (part === '[]') {
    from.item ??= draft();
    return from.item;
  }
  const found = from.named.get(part) ?? draft();
  from.named.set(part, found);
  return found;
}

/** Gives elements whose type is part of their parent's a place of their own. */
function sow(at: Draft): void {
  if (at.accepts.items && !at.item) at.item = draft(at.accepts.items);
  if (at.accepts.values && !at.any) at.any = draft(at.accepts.values);
  for (const child of at.named.values()) sow(child);
  if (at.any) sow(at.any);
  if (at.item) sow(at.item);
}

/** The place of a key; undefined for what the table does not know (`x-…` and free content). */
export function placeOf(from: Place | undefined, key: string): Place | undefined {
  if (!from) return undefined;
  const named = from.named.get(key);
  if (named) return named;
  return from.any;
}

const places = new Map<string, Place | undefined>();

/** The row of a path of a document, `services.web.ports.0`: what hovers and documentation ask for. */
export function attributeAt(path: readonly string[]): Attribute | undefined {
  const key = path.join('\0');
  if (!places.has(key) && places.size < 10_000) {
    let at: Place | undefined = top();
    for (const part of path) at = at && (at.item && /^\d+$/.test(part) ? at.item : placeOf(at, part));
    places.set(key, at);
  }
  return places.get(key)?.attribute;
}
