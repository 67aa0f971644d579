import { normalizePath } from '../paths.ts';
import { compileGoRegexp } from './go-regexp.ts';
import { whyMalformed } from './syntax.ts';
import { translate } from './translate.ts';

/** One pattern as patternmatcher's `New` takes it: trimmed, not empty. `illegal` says why moby refuses it. */
export function readPattern(text: string): { pattern: string; negated: boolean; illegal: string | undefined } {
  // Cleaned with the `!` on, as moby does: `!/` becomes a lone `!`.
  const cleaned = normalizePath(text);
  const negated = cleaned.startsWith('!');
  const pattern = negated ? cleaned.slice(1) : cleaned;
  return { pattern, negated, illegal: pattern === '' ? 'is a lone "!"' : whyIllegal(pattern) };
}

/** Why moby refuses it, when it reads the pattern or at the first path the pattern is tried on. */
function whyIllegal(pattern: string): string | undefined {
  const malformed = whyMalformed(pattern);
  if (malformed !== undefined) return malformed;
  const translation = translate(pattern);
  if (translation.kind !== 'regexp' || compileGoRegexp(translation.source)) return undefined;
  return 'has a range or an escape that Docker cannot read';
}
