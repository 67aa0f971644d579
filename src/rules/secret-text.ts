import type { Step } from '../model/dockerfile/dockerfile.ts';

/** A value as the build reads it, variables expanded; without its quotes where they cannot be. */
export function unquoted(written: string, step: Step): string {
  return step.scope.expand(written).text ?? written.replace(/^(["'])(.*)\1$/s, '$2');
}
