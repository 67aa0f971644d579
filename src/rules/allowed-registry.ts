import type { ImageReference } from '../knowledge/image-reference.ts';

/** Docker Hub goes by several names; a reference says `docker.io`. */
const hub: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'hub.docker.com']);

/**
 * True where one of the entries covers the image: a host (`ghcr.io`, `registry.example.com:5000`, `*.example.com`), a
 * path in one (`ghcr.io/acme`), or an account of Docker Hub (`bitnami`).
 */
export function isAllowed({ registry, repository }: ImageReference, entries: readonly string[]): boolean {
  return entries.some((entry) => {
    const text = entry
      .trim()
      .replace(/^https?:\/\//i, '')
      .replace(/\/+$/, '');
    const slash = text.indexOf('/');
    const first = (slash === -1 ? text : text.slice(0, slash)).toLowerCase();
    // As Docker tells a host from an account: by a dot, a port, or the name localhost. `*` is any host.
    const isHost = /[.:*]/.test(first) || first === 'localhost';
    const host = isHost ? (hub.has(first) ? 'docker.io' : first) : 'docker.io';
    const path = isHost ? (slash === -1 ? '' : text.slice(slash + 1)) : text;
    if (!matches(host, registry.toLowerCase())) return false;
    return path === '' || repository === path || repository.startsWith(`${path}/`);
  });
}

/** `*` stands for any text; found part by part, so that no pattern can be slow. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
