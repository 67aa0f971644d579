import { child, text } from '../model/compose/tree-access.ts';
import type { Project } from '../model/project.ts';
import type { MountPoint } from '../model/service.ts';

/** The path on the host that a mount shows: a bind mount's source, or the directory behind a local volume. */
export function hostPath(mount: MountPoint, project: Project): string | undefined {
  if (mount.type === 'bind' || mount.type === 'npipe') return mount.source;
  if (mount.type !== 'volume' || mount.source === undefined) return undefined;
  const options = child(project.compose?.volumes.get(mount.source), 'driver_opts');
  const isBind =
    /(?:^|,)r?bind(?:,|$)/.test(text(child(options, 'o')) ?? '') || text(child(options, 'type')) === 'none';
  return isBind ? text(child(options, 'device')) : undefined;
}
