import { child, type Maybe, text } from '../model/compose/tree-access.ts';
import type { Project } from '../model/project.ts';
import type { MountPoint } from '../model/service.ts';
import { plainPath } from '../vocabulary/path-end.ts';
import type { Span } from '../vocabulary/span.ts';

/** Directories of a Unix host that belong to it or to its people; whole names, and all below them. */
const ofTheHost =
  /^\/(?:$|(?:bin|sbin|boot|cdrom|dev|etc|home|lib|lib32|lib64|media|proc|root|run|srv|sys|usr|var)(?:\/|$))/;

/** KICS asks about every path below these, harmless or not. */
const hostDirectory = 'kics:volume_has_sensitive_host_directory';

export function isOfTheHost(path: string): boolean {
  return ofTheHost.test(path);
}

export function hostDirectoryAliases(path: string | undefined): readonly string[] {
  return path !== undefined && isOfTheHost(path) ? [hostDirectory] : [];
}

/** The path on the host that a mount shows: a bind mount's source, or the directory behind a local volume. */
export function hostPath(mount: MountPoint, project: Project): string | undefined {
  const path = isBind(mount) ? mount.source : pathBehindVolume(volumeOf(mount, project));
  return path === undefined ? undefined : plainPath(path);
}

/** Where that path is written. */
export function hostPathSpan(mount: MountPoint, project: Project): Span {
  return (isBind(mount) ? undefined : pathNodeOf(volumeOf(mount, project))?.span) ?? mount.span;
}

/** The directory of the host that a volume is made of. */
export function pathBehindVolume(volume: Maybe): string | undefined {
  return text(pathNodeOf(volume));
}

/** A bind mount of the local driver names it as `device`, the plugin local-persist as `mountpoint`. */
export function pathNodeOf(volume: Maybe): Maybe {
  const options = child(volume, 'driver_opts');
  const binds = /(?:^|,)r?bind(?:,|$)/.test(text(child(options, 'o')) ?? '') || text(child(options, 'type')) === 'none';
  return child(options, binds ? 'device' : 'mountpoint');
}

function isBind(mount: MountPoint): boolean {
  return mount.type === 'bind' || mount.type === 'npipe';
}

function volumeOf(mount: MountPoint, project: Project): Maybe {
  return mount.type === 'volume' && mount.source !== undefined ? project.compose?.volumes.get(mount.source) : undefined;
}
