import type { Entry, Files } from '../files.ts';
import { joinPath } from '../paths.ts';
import type { Ignore, Trail } from './match.ts';

export interface ContextEntry {
  /** Relative to the context. */
  readonly path: string;
  /** A symlink is sent as a link: what it points at is not followed. */
  readonly kind: Entry['kind'];
}

/** What a build would send, found while it is iterated. */
export interface ContextWalk extends Iterable<ContextEntry> {
  /** True once an iteration stopped at a limit: there is more in the context than was given. */
  readonly stopped: boolean;
}

export interface ContextLimits {
  /** Directory entries looked at, ignored ones included. */
  readonly entries: number;
  /** Directories within directories. */
  readonly depth: number;
}

export const defaultContextLimits: ContextLimits = { entries: 200_000, depth: 200 };

/** All a walk may spend, about ten seconds; a hundred ordinary patterns leave room for every entry of the default limit. */
const comparisons = 300_000_000;

/**
 * Walks a build context lazily, parents before children, names in order. An ignored directory is entered only where a
 * `!pattern` can reach inside, as BuildKit's fsutil does. Symlinks are listed and never followed, so that nothing
 * outside the context is read and no loop is possible.
 */
export function contextFiles(
  files: Files,
  contextDir: string,
  ignore: Ignore,
  limits: Partial<ContextLimits> = {},
): ContextWalk {
  const { entries, depth } = { ...defaultContextLimits, ...limits };
  const most = Math.min(entries, Math.ceil(comparisons / ignore.cost));
  let stopped = false;
  return {
    get stopped() {
      return stopped;
    },
    *[Symbol.iterator]() {
      stopped = false;
      let seen = 0;
      const open: Open[] = [{ path: '', trail: undefined, entries: files.list(joinPath(contextDir, '.')), next: 0 }];
      for (let top = open.at(-1); top; top = open.at(-1)) {
        const entry = top.entries[top.next++];
        if (!entry) {
          open.pop();
          continue;
        }
        if (++seen > most) {
          stopped = true;
          return;
        }
        const path = top.path === '' ? entry.name : `${top.path}/${entry.name}`;
        const { ignored, trail } = ignore.decideBelow(path, top.trail);
        if (!ignored) yield { path, kind: entry.kind };
        if (entry.kind !== 'directory' || (ignored && !ignore.reaches(path))) continue;
        if (open.length >= depth) stopped = true;
        else open.push({ path, trail, entries: files.list(joinPath(contextDir, path)), next: 0 });
      }
    },
  };
}

interface Open {
  readonly path: string;
  readonly trail: Trail | undefined;
  readonly entries: readonly Entry[];
  next: number;
}

/**
 * The ignore file BuildKit reads: `<Dockerfile>.dockerignore` beside the Dockerfile, else `.dockerignore` at the root of
 * the context. Paths are relative to the project.
 * https://docs.docker.com/build/concepts/context/#filename-and-location
 */
export function ignoreFileFor(files: Files, contextDir: string, dockerfilePath: string): string | undefined {
  const candidates = [`${dockerfilePath}.dockerignore`, joinPath(contextDir, '.dockerignore')];
  return candidates.find((path) => files.kind(path) === 'file');
}
