import { plainPath, withoutEndSlashes } from '../vocabulary/path-end.ts';
import type { MountPoint, Service } from './service.ts';

/** Where the service keeps its data, as far as its image is known: PGDATA and its like moved it. */
export function dataDirectory(service: Service): string | undefined {
  const { facts } = service.image;
  if (facts?.dataDir === undefined) return undefined;
  if (facts.image === 'minio/minio') return dataOfMinio(service, facts.dataDir);
  const moved = service.environment.get('PGDATA')?.value;
  return facts.exposedPorts?.includes('5432/tcp') && moved?.startsWith('/') ? withoutEndSlashes(moved) : facts.dataDir;
}

/** `minio server /data1 http://minio{1...4}/export{1...2}`: its command names them; undefined where it names several. */
function dataOfMinio(service: Service, usual: string): string | undefined {
  const words = service.process.commands.flatMap((command) => command.words.map(({ text }) => text));
  const places = words.slice(words.indexOf('server') + 1).filter((text) => /^(?:https?:\/\/|\/)/.test(text));
  const [only, ...more] = places;
  if (only === undefined) return usual;
  return more.length > 0 || !/^\/[\w./-]+$/.test(only) ? undefined : plainPath(only);
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

/** A folder of the host that the service may write to; a name with an ending, or a socket, is a file. */
export function writableHostFolder({ mounts }: Service): Service['mounts'][number] | undefined {
  return mounts.find(
    ({ type, source, target, readOnly }) => type === 'bind' && !readOnly && !/\.\w+$/.test(source ?? target),
  );
}
