import { type ContextEntry, type ContextWalk, contextFiles, ignoreFileFor } from '../read/dockerignore/context.ts';
import { createIgnore, type Ignore } from '../read/dockerignore/match.ts';
import { parseDockerignore } from '../read/dockerignore/parse.ts';
import type { Dockerignore } from '../read/dockerignore/tree.ts';
import type { Files } from '../read/files.ts';
import { joinPath } from '../read/paths.ts';

/** What a build can see: a directory, less what its ignore file keeps out. */
export interface BuildContext {
  readonly directory: string;
  /** `.dockerignore`, or `Dockerfile.dockerignore`; undefined when there is none. */
  readonly ignoreFile: { readonly path: string; readonly tree: Dockerignore } | undefined;
  /** True where the ignore file keeps the path out; the path is relative to the context. */
  ignores(path: string): boolean;
  /** Does the context itself have the file (ignored or not)? */
  kind(path: string): 'file' | 'directory' | 'missing' | 'other';
  /** Text of a small file of the context, for rules that must know what it says. */
  text(path: string): string | undefined;
  /** Entries that the build is sent, at most `limit`. */
  entries(limit?: number): readonly ContextEntry[];
  /** All that the build is sent, found while it is iterated, kept nowhere; `stopped` after it where that was too much. */
  walk(): ContextWalk;
  /** Entries of the context's top level, ignored ones included. */
  top(): readonly string[];
}

export function buildContext(files: Files, directory: string, dockerfilePath: string): BuildContext {
  const path = ignoreFileFor(files, directory, dockerfilePath);
  const read = path === undefined ? undefined : files.read(path);
  const tree = path !== undefined && read?.ok ? parseDockerignore(path, read.text) : undefined;
  let ignore: Ignore | undefined;
  const patterns = () => (ignore ??= createIgnore(tree?.patterns ?? []));
  let listed: readonly ContextEntry[] | undefined;
  return {
    directory,
    ignoreFile: path !== undefined && tree ? { path, tree } : undefined,
    ignores: (name) => patterns().ignores(name),
    kind: (name) => files.kind(joinPath(directory, name)),
    text(name) {
      const outcome = files.read(joinPath(directory, name));
      return outcome.ok ? outcome.text : undefined;
    },
    entries(limit = 20_000) {
      if (!listed) {
        const found: ContextEntry[] = [];
        for (const entry of contextFiles(files, directory, patterns(), { entries: limit })) found.push(entry);
        listed = found;
      }
      return listed;
    },
    walk: () => contextFiles(files, directory, patterns(), { entries: 5_000_000 }),
    top: () => files.list(joinPath(directory, '.')).map((entry) => entry.name),
  };
}
