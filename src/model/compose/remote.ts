import { joinPath } from '../../read/paths.ts';
import type { Scope } from './loading.ts';

/**
 * Whether a file of `include` or `extends` is somewhere else (`https://…`, `git@…`, `oci://…`). Such are never fetched:
 * the project is judged without them. A local file of such a name is that file.
 */
export function isRemote(path: string, scope: Scope): boolean {
  if (!/^(?:[a-z][a-z0-9+.-]+:|git@)/i.test(path)) return false;
  return path.includes('://') || scope.loading.files.kind(joinPath(scope.directory, path)) !== 'file';
}
