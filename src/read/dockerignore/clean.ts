/**
 * Go's `filepath.Clean` on Unix: no empty or `.` parts, `x/..` gone, `..` kept only at the front of a relative path,
 * `.` for nothing. Patterns and paths are both cleaned by it (https://pkg.go.dev/path/filepath#Clean).
 */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!rooted) kept.push(part);
  }
  const joined = kept.join('/');
  return rooted ? `/${joined}` : joined || '.';
}

/** Go's `filepath.Dir`: all but the last part, cleaned. A trailing slash is a part of its own: `a/b/` gives `a/b`. */
export function directoryOf(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1));
}
