import type { Cure, Edit, Fix, LeftToPerson } from '../vocabulary/fix.ts';

/** Edits and the Compose attributes they set (`services.db.logging`), or why nothing can be edited. */
export type Change = { readonly edits: readonly Edit[]; readonly sets: readonly string[] } | LeftToPerson;

export const noChange: Change = { edits: [], sets: [] };

/** All of them, or the first reason why one cannot be. */
export function together(...changes: readonly Change[]): Change {
  const edits: Edit[] = [];
  const sets: string[] = [];
  for (const change of changes) {
    if ('left' in change) return change;
    edits.push(...change.edits);
    sets.push(...change.sets);
  }
  return { edits, sets };
}

/** A change of files that leaves the Compose model as it is; undefined among the edits: it cannot be made. */
export function edited(...edits: readonly (Edit | undefined)[]): Change {
  const known = edits.filter((edit) => edit !== undefined);
  return known.length < edits.length ? leftBecause(cannotBeEdited) : { edits: known, sets: [] };
}

const cannotBeEdited = 'it is written in a way that cannot be changed without changing what it means';

/** A change with its title, its level and the drill that would prove it. */
export function fixOf(about: Omit<Fix, 'edits' | 'sets'>, ...changes: readonly Change[]): Cure {
  const change = together(...changes);
  if ('left' in change) return change;
  return { ...about, edits: change.edits, ...(change.sets.length > 0 ? { sets: [...new Set(change.sets)] } : {}) };
}

export function leftBecause(left: string): LeftToPerson {
  return { left };
}
