import type { Host } from '../../engine/host-path.ts';
import { copyLimitBytes, mostEntries } from './isolated.ts';

/** A bind mount's source, as a drill may use it. */
export type Place =
  /** In the project, or a secret's file, or not there at all. */
  | {
      readonly as: 'copy';
      readonly path: string;
      readonly kind: 'file' | 'directory' | 'missing';
      readonly bytes: number;
      /** This user may read all of it. */
      readonly isReadable: boolean;
    }
  /** Mounted read-only where it is. */
  | { readonly as: 'read-only'; readonly path: string }
  | { readonly as: 'refused'; readonly because: string };

export interface PlaceOptions {
  readonly host: Host;
  /** The project's folder, absolute, links followed; empty where it has none. */
  readonly root: string;
  /** Paths of this machine are the engine's, too. */
  readonly isLocal: boolean;
}

/** Whoever has these, or what holds them, has the machine: sockets of the engine and of system services, processes, disks. */
const machine = [
  '/run',
  '/var/run',
  '/proc',
  '/sys',
  '/dev',
  '/var/lib/docker',
  '/var/lib/containerd',
  '/var/lib/containers',
  '/var/lib/kubelet',
];

/** By its name, whether it is there or not: a socket may come later. */
const engineSocket = /(?:^|\/)(?:docker|podman|containerd|crio|buildkitd|dockershim)(?:\.raw)?\.sock$/;

/** The same everywhere, and nobody's data. */
const everywhere =
  /^\/(?:etc\/(?:localtime|timezone|ssl\/certs|pki|ca-certificates)|usr\/share\/(?:zoneinfo|ca-certificates))(?:\/|$)/;

/** Judges the source of a bind mount; a mount that is read-only does not keep a socket from being used. */
export function placeOf(source: string, isReadOnly: boolean, options: PlaceOptions): Place {
  const { host, isLocal } = options;
  const seen = host.look(source);
  const path = seen.real;
  const isInside = options.root !== '' && isWithin(path, options.root);
  const refused = (because: string): Place => ({ as: 'refused', because: `it mounts ${source}${because}` });
  if (engineSocket.test(source) || engineSocket.test(path))
    return refused(': whoever talks to that socket controls the engine');
  const held = machine.find((place) => isWithin(place, path) || isWithin(host.look(place).real, path));
  // sysfs has no sockets, and nothing of it is written through a mount that is read-only.
  if (held !== undefined && !(path === '/sys' && isReadOnly))
    return refused(`${held === path ? '' : ` with ${held} in it`}: through it the host could be changed`);
  // /proc/1/root is the whole file system of the host, however /proc is mounted.
  if (isWithin(path, '/proc')) return refused(': through it processes of the host could be reached');
  if (!isInside && everywhere.test(source)) return { as: 'read-only', path: isLocal ? path : source };
  if (!isInside && !isLocal) return refused(" of the engine's machine, which cannot be looked at from here");
  switch (seen.kind) {
    case 'socket':
    case 'pipe':
      return refused(`, a ${seen.kind}: what answers there is real, read-only or not`);
    case 'block-device':
      return refused(', a disk');
    case 'closed':
      return refused(', which this user may not look at');
    case 'missing':
      return copied(path, 'missing', options, refused);
    case 'character-device':
      return { as: 'read-only', path };
    default:
      if (isInside) return copied(path, seen.kind, options, refused);
      return seen.kind === 'directory'
        ? (doorIn(path, host, refused) ?? { as: 'read-only', path })
        : { as: 'read-only', path };
  }
}

/** A secret is copied wherever it lies, so that nothing of it is mounted. */
export function placeOfSecret(source: string, options: PlaceOptions): Place {
  const { real, kind } = options.host.look(source);
  const refused = (because: string): Place => ({ as: 'refused', because: `its secret or config ${source}${because}` });
  if (kind === 'file' || kind === 'directory' || kind === 'missing') return copied(real, kind, options, refused);
  return refused(kind === 'closed' ? ' may not be looked at by this user' : ' is no file');
}

function copied(
  path: string,
  kind: 'file' | 'directory' | 'missing',
  { host, isLocal }: PlaceOptions,
  refused: (because: string) => Place,
): Place {
  if (kind === 'missing') return { as: 'copy', path, kind, bytes: 0, isReadable: true };
  const { bytes, closed, isTooLarge } = host.survey(path, {
    bytes: copyLimitBytes,
    entries: mostEntries,
    crosses: true,
  });
  if (isTooLarge)
    return refused(`, over ${copyLimitBytes / 2 ** 30} GiB or ${mostEntries} files: too much to copy for a drill`);
  // What is closed to this user is copied by the engine, where that sees the same files.
  if (closed !== undefined && !isLocal) return refused(`, and this user may not read ${closed}`);
  return { as: 'copy', path, kind, bytes, isReadable: closed === undefined };
}

/** Why a folder outside the project cannot be mounted, not even read-only. */
function doorIn(path: string, host: Host, refused: (because: string) => Place): Place | undefined {
  if (path === '/sys') return undefined;
  // It is mounted without the file systems below it.
  const limits = { bytes: Number.POSITIVE_INFINITY, entries: mostEntries, crosses: false };
  const { doors, isTooLarge } = host.survey(path, limits);
  const [door] = doors;
  if (door !== undefined) return refused(` with ${door} in it: what answers there is real, read-only or not`);
  return isTooLarge ? refused(`, too large to be searched for sockets (over ${mostEntries} files)`) : undefined;
}

/** `path` is `folder` or lies in it; both normal. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
