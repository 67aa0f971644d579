import type { Entry, Files, ReadOutcome } from './files.ts';
import { baseName, dirName, isWithin, leavesRoot, normalizePath } from './paths.ts';

/**
 * Files given as texts by path: for the library's callers, for editors and for tests. Directories are those the paths
 * imply. The same places are `outside` as on a disk, so that a test in memory shows what a checkout would.
 */
export function memoryFiles(record: Readonly<Record<string, string>>): Files {
  const texts = new Map<string, string>();
  const directories = new Map<string, Map<string, Entry>>([['.', new Map()]]);
  const allowed: string[] = [];

  for (const [written, text] of Object.entries(record)) {
    const path = normalizePath(written);
    texts.set(path, text);
    enter(path, 'file');
  }

  function enter(path: string, kind: Entry['kind']): void {
    const parent = dirName(path);
    if (parent === path || baseName(path) === '..') return;
    const known = directories.get(parent);
    if (known) {
      known.set(baseName(path), { name: baseName(path), kind });
      return;
    }
    directories.set(parent, new Map([[baseName(path), { name: baseName(path), kind }]]));
    enter(parent, 'directory');
  }

  function place(written: string): string | undefined {
    const path = normalizePath(written);
    return !leavesRoot(path) || allowed.some((open) => isWithin(path, open)) ? path : undefined;
  }

  return {
    root: '',
    read(written): ReadOutcome {
      const path = place(written);
      if (path === undefined) return { ok: false, reason: 'outside' };
      const text = texts.get(path);
      if (text === undefined) return { ok: false, reason: directories.has(path) ? 'directory' : 'missing' };
      return text.slice(0, 8000).includes('\0') ? { ok: false, reason: 'binary' } : { ok: true, text };
    },
    kind(written) {
      const path = place(written);
      if (path === undefined) return 'other';
      if (texts.has(path)) return 'file';
      return directories.has(path) ? 'directory' : 'missing';
    },
    list(written) {
      const path = place(written);
      const entries = path === undefined ? undefined : directories.get(path);
      return entries ? [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) : [];
    },
    allow(written) {
      allowed.push(normalizePath(written));
    },
  };
}
