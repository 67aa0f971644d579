import type { Copy, CopyItem } from './isolated.ts';
import { isWithin, type Place } from './places.ts';

type Source = Extract<Place, { as: 'copy' }>;

/** Something that is to be copied for one mount. */
export interface Wanted {
  readonly source: Source;
  /** Somebody may write to it. */
  readonly isWritten: boolean;
  /** In place of a file that is missing. Undefined: a missing one becomes a folder, as the engine makes it. */
  readonly text: string | undefined;
}

/** Where a copy lies: in a volume of the plan, at a path; `.` is its root. */
export interface CopyPlace {
  readonly volume: string;
  readonly name: string;
}

/**
 * One volume for each folder or file that lies in no other wanted one; those that do are part of it, as they are one
 * folder in reality. Keys are `binds-1`, `binds-2` …, but for those that are `taken`.
 */
export function copyUnits(
  wanted: readonly Wanted[],
  taken: ReadonlySet<string>,
): { readonly copies: readonly Copy[]; readonly placeOf: (path: string) => CopyPlace } {
  // Parents come before what lies in them.
  const sorted = [...wanted].sort((a, b) => (a.source.path < b.source.path ? -1 : 1));
  const units: { readonly root: Source; readonly volume: string; readonly parts: Wanted[] }[] = [];
  let count = 0;
  for (const one of sorted) {
    const holder = units.find(({ root }) => isWithin(one.source.path, root.path));
    if (holder) {
      holder.parts.push(one);
      continue;
    }
    let volume: string;
    do volume = `binds-${++count}`;
    while (taken.has(volume));
    units.push({ root: one.source, volume, parts: [one] });
  }
  const nameIn = (root: Source, path: string) => {
    if (path !== root.path) return path.slice(root.path.length + 1);
    return isFile(root, wanted) ? baseName(path) : '.';
  };
  return {
    copies: units.map(({ root, volume, parts }) => ({
      volume,
      scope: parts.some(({ isWritten }) => isWritten) ? 'world' : 'run',
      items: itemsOf(root, parts, (path) => nameIn(root, path)),
    })),
    placeOf(path) {
      const unit = units.find(({ root }) => isWithin(path, root.path));
      return { volume: unit?.volume ?? '', name: unit ? nameIn(unit.root, path) : '.' };
    },
  };
}

/** The root first; then what is missing in it, once each. */
function itemsOf(root: Source, parts: readonly Wanted[], nameOf: (path: string) => string): CopyItem[] {
  const items: CopyItem[] = [];
  const done = new Set<string>();
  if (root.kind !== 'missing') {
    items.push({ kind: 'tree', path: root.path, name: nameOf(root.path), isReadable: root.isReadable });
    done.add(root.path);
  }
  // A file, where anybody takes it for one.
  for (const { source, text } of [...parts].sort(
    (a, b) => Number(b.text !== undefined) - Number(a.text !== undefined),
  )) {
    if (source.kind !== 'missing' || done.has(source.path)) continue;
    done.add(source.path);
    const name = nameOf(source.path);
    items.push(text === undefined ? { kind: 'folder', name } : { kind: 'text', name, text });
  }
  return items;
}

/** A missing one is a file when anybody who mounts it takes it for one. */
function isFile(root: Source, wanted: readonly Wanted[]): boolean {
  if (root.kind !== 'missing') return root.kind === 'file';
  return wanted.some(({ source, text }) => source.path === root.path && text !== undefined);
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
