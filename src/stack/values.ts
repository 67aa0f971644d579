import { booleanOf, child, entriesOf, type Maybe, numberOf, text, textsOf } from '../model/compose/tree-access.ts';
import { parseDuration } from '../vocabulary/duration.ts';

/** Values of the finished model, by path. Absent, null and empty texts are undefined: Compose does not send them. */

export function textAt(node: Maybe, path: string): string | undefined {
  return text(child(node, path)) || undefined;
}

export function numberAt(node: Maybe, path: string): number | undefined {
  const found = child(node, path);
  const value = numberOf(found) ?? Number(text(found) || Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

export function booleanAt(node: Maybe, path: string): boolean | undefined {
  return booleanOf(child(node, path));
}

export function millisecondsAt(node: Maybe, path: string): number | undefined {
  const written = text(child(node, path));
  return written === undefined ? undefined : parseDuration(written);
}

/** Texts; an empty list is sent where the file has one, as Compose does. */
export function listAt(node: Maybe, path: string): readonly string[] | undefined {
  const found = child(node, path);
  return found && textsOf(found);
}

/** `{KEY: value}` of texts; undefined where there is none. */
export function mappingAt(node: Maybe, path: string): Readonly<Record<string, string>> | undefined {
  const found = child(node, path);
  if (found?.kind !== 'map') return undefined;
  return Object.fromEntries(entriesOf(found).map(([key, value]) => [key, text(value) ?? '']));
}

/** `KEY=value`; a `KEY` alone, without a value anywhere, takes the variable out of the image's. */
export function variablesAt(node: Maybe, path: string): string[] {
  return entriesOf(child(node, path)).map(([key, value]) => {
    const given = text(value);
    return given === undefined ? key : `${key}=${given}`;
  });
}
