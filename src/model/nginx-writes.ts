import type { Files } from '../read/files.ts';
import { joinPath } from '../read/paths.ts';
import type { Service } from './service.ts';

/** nginx makes all of these at its start, also those it never uses (docs: ngx_http_core_module and its like). */
const temporaryPaths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path`);

/**
 * Directories that the official nginx image writes to by default and this service's own `nginx.conf` moves elsewhere;
 * empty where the project brings no such file.
 */
export function placesNginxLeaves(files: Files, service: Service): readonly string[] {
  const text = mainConfiguration(files, service);
  if (text === undefined) return [];
  const places: string[] = [];
  const pid = /^[ \t]*pid\s+([^\s;]+)/m.exec(text)?.[1];
  if (pid !== undefined && !/^(?:\/var)?\/run\//.test(pid)) places.push('/var/run', '/run');
  const moved = (name: string): boolean => {
    const path = new RegExp(`^[ \\t]*${name}\\s+([^\\s;]+)`, 'm').exec(text)?.[1];
    return path !== undefined && !path.startsWith('/var/cache/nginx');
  };
  if (temporaryPaths.every(moved)) places.push('/var/cache/nginx');
  return places;
}

/** The text that becomes `/etc/nginx/nginx.conf`: mounted, or copied from the build context. */
function mainConfiguration(files: Files, service: Service): string | undefined {
  const target = '/etc/nginx/nginx.conf';
  for (const mount of service.mounts) {
    if (mount.type !== 'bind' || mount.source === undefined) continue;
    if (mount.target === target) return textOf(files, mount.source);
    if (mount.target === '/etc/nginx') return textOf(files, joinPath(mount.source, 'nginx.conf'));
  }
  const context = service.build?.dockerfile?.context;
  const copy = service.image.files.findLast(
    (effect) =>
      (effect.kind === 'copy' || effect.kind === 'add') && effect.path === target && effect.fromStage === undefined,
  );
  return context === undefined || copy?.source === undefined
    ? undefined
    : textOf(files, joinPath(context, copy.source));
}

function textOf(files: Files, path: string): string | undefined {
  const read = files.read(path);
  return read.ok ? read.text : undefined;
}
