import { isAtOrBelow, isOnTmpfs, mountOver } from './data-places.ts';
import { placesNginxLeaves } from './nginx-writes.ts';
import type { Project } from './project.ts';
import type { Service } from './service.ts';

/**
 * Paths that the image is known to write to and that would be read-only under a read-only root: no tmpfs, no volume.
 * Undefined where nobody has looked at the image.
 */
export function missingWritePlaces(service: Service, project: Project): readonly string[] | undefined {
  const { facts } = service.image;
  if (!facts?.writes) return undefined;
  const left = facts.image === 'nginx' ? placesNginxLeaves(project.files, service) : [];
  return facts.writes.filter(
    (path) => !left.includes(path) && !isWritable(service, path) && !isForTemplates(service, path),
  );
}

/** nginx fills its conf.d from templates, and does without where it cannot write and has none. */
function isForTemplates(service: Service, path: string): boolean {
  return (
    path === '/etc/nginx/conf.d' && !service.mounts.some(({ target }) => target.startsWith('/etc/nginx/templates'))
  );
}

function isWritable(service: Service, path: string): boolean {
  if (isAtOrBelow(path, '/dev/shm') || isOnTmpfs(service, path)) return true;
  const mount = mountOver(service, path);
  if (mount) return !mount.readOnly;
  // What the image declares becomes a volume of its own, which is writable. A mount below does as well: /data/db of /data.
  const declared = [...service.image.volumes.map(({ value }) => value), ...(service.image.facts?.volumes ?? [])];
  return (
    declared.some((volume) => isAtOrBelow(path, volume)) ||
    service.mounts.some(({ target, readOnly }) => !readOnly && isAtOrBelow(target, path))
  );
}
