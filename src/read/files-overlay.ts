import type { Entry, Files } from './files.ts';
import { memoryFiles } from './files-memory.ts';
import { normalizePath } from './paths.ts';

/** Files over which some texts are laid: as the project would be if they were written. */
export function overlayFiles(below: Files, texts: ReadonlyMap<string, string>): Files {
  const above = memoryFiles(Object.fromEntries(texts));
  return {
    root: below.root,
    read(path) {
      const laid = texts.get(normalizePath(path));
      return laid === undefined ? below.read(path) : { ok: true, text: laid };
    },
    kind(path) {
      const own = above.kind(path);
      return own === 'file'
        ? 'file'
        : own === 'directory' && below.kind(path) === 'missing'
          ? 'directory'
          : below.kind(path);
    },
    list(path) {
      const entries = new Map<string, Entry>(below.list(path).map((entry) => [entry.name, entry]));
      for (const entry of above.list(path)) if (!entries.has(entry.name)) entries.set(entry.name, entry);
      return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    ...(below.allow ? { allow: (path: string) => below.allow?.(path) } : {}),
  };
}
