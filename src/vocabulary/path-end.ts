/** `/var/lib/` is `/var/lib`; `/` is nothing. A pattern such as `/\/+$/` would start anew at each of a million slashes. */
export function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}

/** The same, but `/` stays. */
export function plainPath(path: string): string {
  const plain = withoutEndSlashes(path);
  return plain === '' ? path.slice(0, 1) : plain;
}
