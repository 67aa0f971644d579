import { parseDotenv } from '../../read/dotenv.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { Loading } from './loading.ts';

/**
 * The variables of env files, later ones over earlier ones. Inside a file `environment` comes before what was read
 * so far, as compose-go does it.
 */
export function readEnvFiles(
  files: readonly string[],
  environment: ReadonlyMap<string, string>,
  loading: Loading,
  from: Span,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of files) {
    const content = loading.read(file, from, 'env file');
    if (content === undefined) continue;
    const lookup = (name: string) => environment.get(name) ?? found.get(name);
    const read = parseDotenv(content, file, lookup);
    for (const fault of read.faults) loading.add(fault);
    for (const { key, value } of read.entries) {
      const resolved = value ?? lookup(key);
      if (resolved !== undefined) found.set(key, resolved);
    }
  }
  return found;
}
