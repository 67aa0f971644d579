import { isGoSpace, trimGoSpaceEnd } from '../go-space.ts';
import { normalizePath } from '../paths.ts';
import { compileGoRegexp } from './go-regexp.ts';
import { whyMalformed } from './syntax.ts';
import { translate } from './translate.ts';

export interface PatternRead {
  readonly pattern: string;
  readonly negated: boolean;
  /** Why moby refuses it. */
  readonly illegal: string | undefined;
}

/** One pattern as patternmatcher's `New` takes it, behind the file's reader; undefined where nothing is left of it. */
export function readPattern(text: string): PatternRead | undefined {
  // Trimmed once more: `a /` is `a ` by now. And cleaned with the `!` on: `!/` becomes a lone `!`.
  const trimmed = trimGoSpace(text);
  if (trimmed === '') return undefined;
  const cleaned = normalizePath(trimmed);
  const negated = cleaned.startsWith('!');
  const pattern = negated ? cleaned.slice(1) : cleaned;
  return { pattern, negated, illegal: pattern === '' ? 'is a lone "!"' : whyIllegal(pattern) };
}

function trimGoSpace(text: string): string {
  let start = 0;
  while (start < text.length && isGoSpace(text.charCodeAt(start))) start++;
  return trimGoSpaceEnd(text.slice(start));
}

/** Why moby refuses it, when it reads the pattern or at the first path the pattern is tried on. */
function whyIllegal(pattern: string): string | undefined {
  const malformed = whyMalformed(pattern);
  if (malformed !== undefined) return malformed;
  const translation = translate(pattern);
  if (translation.kind !== 'regexp' || compileGoRegexp(translation.source)) return undefined;
  return 'has a range or an escape that Docker cannot read';
}
