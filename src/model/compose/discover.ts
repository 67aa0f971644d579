import type { Files } from '../../read/files.ts';
import { joinPath } from '../../read/paths.ts';

/** In the order Compose prefers them. */
export const COMPOSE_FILE_NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'] as const;
const OVERRIDE_NAMES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
] as const;

/**
 * The files Compose would read in a directory: those of `COMPOSE_FILE`, else the first known name and its override.
 * Compose also looks in parent directories; here the directory given is the whole project. Empty where there is none.
 */
export function discoverComposeFiles(
  files: Files,
  directory: string,
  environment: ReadonlyMap<string, string>,
): string[] {
  const named = environment.get('COMPOSE_FILE');
  if (named !== undefined && named !== '') {
    const separator = environment.get('COMPOSE_PATH_SEPARATOR') || ':';
    return named
      .split(separator)
      .filter((part) => part !== '')
      .map((part) => joinPath(directory, part));
  }
  const first = (names: readonly string[]) =>
    names.map((name) => joinPath(directory, name)).find((path) => files.kind(path) === 'file');
  const main = first(COMPOSE_FILE_NAMES);
  if (main === undefined) return [];
  const override = first(OVERRIDE_NAMES);
  return override === undefined ? [main] : [main, override];
}
