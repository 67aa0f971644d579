import { type SecretValue, secretValue } from '../knowledge/secret-values.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';

/** A secret whose form is known; values that only look random are left out, names have to vouch for those. */
export function knownSecret(text: string): SecretValue | undefined {
  const found = secretValue(text);
  return found && found.confidence !== 'guess' ? found : undefined;
}

/** A value as the build reads it, variables expanded; without its quotes where they cannot be. */
export function unquoted(written: string, step: Step): string {
  return step.scope.expand(written).text ?? written.replace(/^(["'])(.*)\1$/s, '$2');
}
