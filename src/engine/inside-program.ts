import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SeaworthyError } from '../vocabulary/error.ts';

/**
 * The text of the program that runs inside helper containers. It lies beside what the build made; where the sources run
 * as they are, the tests' set-up has put it into the checkout's cache.
 */
export function insideProgram(): string {
  const places = ['./inside.cjs', '../../.cache/inside/inside.cjs'].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  for (const place of places)
    try {
      return fs.readFileSync(place, 'utf8');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  throw new SeaworthyError('internal', `the helpers' program is missing: ${places.join(', ')}`, {
    hint: 'Install Seaworthy anew; in a checkout, run npm run build',
  });
}
