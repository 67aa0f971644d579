/**
 * Paths as the project writes them, POSIX style on every platform: `/` between parts, `.` is the project's root.
 * Nothing here looks at a disk.
 */

/** `/x`, and Windows' `C:/x` and `C:\x`, which Compose files carry also when read on Linux. */
export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
}

/** Without `.`, empty parts and a final `/`; `..` takes a part away, and stays where there is none left to take. */
export function normalizePath(path: string): string {
  // Nearly every path is clean as it is.
  if (path !== '' && !/(?:^|\/)(?:\.{0,2}(?:\/|$))/.test(path)) return path;
  const absolute = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
    else if (part !== '..' || !absolute) kept.push(part); // `/..` is `/`
  }
  if (absolute) return `/${kept.join('/')}`;
  return kept.length === 0 ? '.' : kept.join('/');
}

/** `path` as seen from `directory`; an absolute `path` stays what it is. */
export function joinPath(directory: string, path: string): string {
  if (isAbsolutePath(path) || directory === '' || directory === '.') return normalizePath(path);
  return normalizePath(`${directory}/${path}`);
}

/** The directory that holds `path`: `.` for a bare name, `/` for what lies in the root of the file system. */
export function dirName(path: string): string {
  const normal = normalizePath(path);
  const slash = normal.lastIndexOf('/');
  if (normal === '..' || normal.endsWith('/..')) return `${normal}/..`;
  if (slash === -1) return '.';
  return slash === 0 ? '/' : normal.slice(0, slash);
}

/** The last part of `path`. */
export function baseName(path: string): string {
  const normal = normalizePath(path);
  return normal.slice(normal.lastIndexOf('/') + 1);
}

/** True for `../x` and for every absolute path: what lies outside the project, as far as its name tells. */
export function leavesRoot(path: string): boolean {
  const normal = normalizePath(path);
  return normal === '..' || normal.startsWith('../') || isAbsolutePath(normal);
}

/** True where `path` is `directory` or below it; both normal. */
export function isWithin(path: string, directory: string): boolean {
  if (directory === '.') return !leavesRoot(path);
  return path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}
