import fs from 'node:fs';
import path from 'node:path';

/** What is told of a change: a few paths, relative to the directory that is watched. */
export type OnChange = (paths: readonly string[]) => void;

export interface ProjectWatch {
  /** Looks for directories that are new, or gone. */
  refresh(): void;
  close(): void;
  /** False when there were more directories than are watched. */
  readonly complete: boolean;
}

/** Large, and nothing that a check reads on its way. */
const skipped: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', 'node_modules']);

/** Linux allows a user 8,192 watches or more (fs.inotify.max_user_watches); editors want some too. */
const mostDirectories = 4000;

/** Editors write a file in several steps, and a checkout writes many. */
const quietMs = 120;

/**
 * Watches directories and all below them. Each directory has a watch of its own: Node 20's `recursive` on Linux walks
 * the whole tree, `node_modules` and `.git` included, and watches every single file of it.
 */
export function watchProject(roots: readonly string[], onChange: OnChange): ProjectWatch {
  const watchers = new Map<string, fs.FSWatcher>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let complete = true;

  const note = (directory: string, name: string | null) => {
    if (name !== null && skipped.has(name)) return;
    changed.add(path.join(directory, name ?? ''));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = [...changed].sort();
      changed.clear();
      onChange(paths);
    }, quietMs);
  };

  const refresh = () => {
    const wanted = directoriesBelow(roots);
    complete = wanted.length <= mostDirectories;
    const keep = new Set(wanted.slice(0, mostDirectories));
    for (const [directory, watcher] of watchers) {
      if (keep.has(directory)) continue;
      watcher.close();
      watchers.delete(directory);
    }
    for (const directory of keep) {
      if (watchers.has(directory)) continue;
      try {
        const watcher = fs.watch(directory, { persistent: true }, (_event, name) => note(directory, name));
        // A directory that is removed ends its watch, on some systems with an error: the next refresh sees to it.
        watcher.on('error', () => {
          watcher.close();
          watchers.delete(directory);
        });
        watchers.set(directory, watcher);
      } catch {
        // Unreadable, gone since it was listed, or no watches left: the rest is still watched.
        complete = false;
      }
    }
  };

  refresh();
  return {
    refresh,
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
    get complete() {
      return complete;
    },
  };
}

/** Breadth first, so that the limit leaves out the deepest; links are not followed. */
function directoriesBelow(roots: readonly string[]): string[] {
  // A set is walked in order, what is added on the way included.
  const found = new Set(roots);
  for (const directory of found) {
    if (found.size > mostDirectories) break;
    let entries: fs.Dirent[];
    try {
      entries = fs.readdirSync(directory, { withFileTypes: true });
    } catch {
      continue; // unreadable or gone
    }
    for (const entry of entries)
      if (entry.isDirectory() && !skipped.has(entry.name)) found.add(path.join(directory, entry.name));
  }
  return [...found];
}
