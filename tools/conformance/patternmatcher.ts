import { createIgnore } from '../../src/read/dockerignore/match.ts';
import { readPattern } from '../../src/read/dockerignore/pattern.ts';

/** One row of moby/patternmatcher's tables: `catch` is ignored, `clean` is not, `error` is an illegal pattern. */
export interface PatternRow {
  readonly expect: string;
  readonly golden: { readonly patterns: readonly string[]; readonly path: string };
}

/** The rows test `New`, behind the file reader: there a leading `/` is kept and `#` begins no comment. */
export function runPatternCase(row: PatternRow): { agree: boolean; expected: string; got: string } {
  const patterns = row.golden.patterns.flatMap((written) => {
    const read = readPattern(written);
    return read ? [{ ...read, written, span: { file: '', start: 0, end: 0 } }] : [];
  });
  const illegal = patterns.some((pattern) => pattern.illegal !== undefined);
  const got = illegal ? 'error' : createIgnore(patterns).ignores(row.golden.path) ? 'catch' : 'clean';
  return { agree: got === row.expect, expected: row.expect, got };
}
