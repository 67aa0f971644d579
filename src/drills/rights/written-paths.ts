/** One row of `docker diff`. */
export interface Change {
  readonly path: string;
  readonly kind: 'A' | 'C' | 'D';
}

/** What the engine itself puts into every container; of Podman `/etc` is told alone, without what it put there. */
const engineMade =
  /^\/(?:dev|proc|sys)(?:\/|$)|^\/etc(?:\/(?:hosts|hostname|resolv\.conf|mtab))?$|^\/\.dockerenv$|^\/sbin\/docker-init$|^\/run\/(?:secrets(?:\/|$)|\.containerenv$)/;

/**
 * What a container wrote outside its mounts: files and folders, ascending. A folder that is listed only because something
 * in it changed is left out, and so are the points that its mounts are mounted on.
 */
export function writtenPaths(changes: readonly Change[], mounts: readonly string[]): readonly Change[] {
  const targets = mounts.map(withoutSlash);
  const isMounted = (path: string) => targets.some((target) => isWithin(path, target));
  const holdsMount = (path: string) => targets.some((target) => isWithin(target, path));
  const own = changes.filter(({ path }) => !engineMade.test(path) && !isMounted(path));
  const written = own.filter(({ path, kind }) => {
    if (kind === 'C') return !changes.some((other) => other.path !== path && isWithin(other.path, path));
    return kind === 'D' || !holdsMount(path);
  });
  const folders = own.filter(({ path, kind }) => kind === 'A' && holdsMount(path));
  const kept = folders.filter(({ path }) => written.some((other) => isWithin(other.path, path)));
  return [...written, ...kept].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Folders that would have to be writable, none within another. `left`: what is written straight into the root. */
export function foldersFor(written: readonly Change[]): {
  readonly folders: readonly string[];
  readonly left: readonly string[];
} {
  const added = written.filter(({ kind }) => kind === 'A').map(({ path }) => path);
  const wanted = new Set<string>();
  const left = new Set<string>();
  for (const { path } of written) {
    // A folder that was not there before holds nothing that a mount could hide.
    const newFolder = added.find((one) => isWithin(path, one) && added.some((other) => other.startsWith(`${one}/`)));
    const folder = newFolder ?? (path.slice(0, path.lastIndexOf('/')) || '/');
    if (folder === '/') left.add(path);
    else wanted.add(folder);
  }
  const folders = [...wanted].filter((one) => ![...wanted].some((other) => other !== one && isWithin(one, other)));
  return { folders: folders.sort(), left: [...left].sort() };
}

/** Paths shown in evidence; a service that unpacks itself writes thousands. */
export const mostShown = 40;

export function shownPaths(written: readonly Change[]): string[] {
  const words = { A: 'added', C: 'changed', D: 'deleted' } as const;
  const shown = written.slice(0, mostShown).map(({ path, kind }) => `${path} (${words[kind]})`);
  return written.length > mostShown ? [...shown, `and ${written.length - mostShown} more`] : shown;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
