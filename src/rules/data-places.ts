import type { MountPoint, Service } from '../model/service.ts';
import { plainPath, withoutEndSlashes } from '../vocabulary/path-end.ts';

/** Where the service keeps its data, as far as its image is known: PGDATA and its like moved it. */
export function dataDirectory(service: Service): string | undefined {
  const { facts } = service.image;
  if (facts?.dataDir === undefined) return undefined;
  const moved = service.environment.get('PGDATA')?.value;
  return facts.exposedPorts?.includes('5432/tcp') && moved?.startsWith('/') ? withoutEndSlashes(moved) : facts.dataDir;
}

/** The mount that `path` lies in: at it, or above it. The deepest wins. */
export function mountOver(service: Service, path: string): MountPoint | undefined {
  const over = service.mounts.filter(({ target }) => isAtOrBelow(path, target));
  return over.sort((first, second) => second.target.length - first.target.length)[0];
}

export function isOnTmpfs(service: Service, path: string): boolean {
  return service.tmpfs.some(({ value }) => isAtOrBelow(path, value.split(':')[0] ?? value));
}

/** `/var/run` is a link to `/run` in every distribution. */
export function isAtOrBelow(path: string, directory: string): boolean {
  const inner = plain(path);
  const outer = plain(directory);
  return inner === outer || outer === '/' || inner.startsWith(`${outer}/`);
}

function plain(path: string): string {
  return plainPath(path.replace(/^\/var\/run(?=\/|$)/, '/run'));
}
