import { leastSure } from '../vocabulary/severity.ts';
import { secretName } from './secret-names.ts';
import { type SecretValue, secretValue } from './secret-values.ts';
import { natureOfValue } from './value-nature.ts';

export interface HardCodedSecret extends SecretValue {
  /** Set, but known to everyone: worse than secret, and usually not meant for production. */
  readonly weak: boolean;
}

/**
 * Name and value together: is a secret written here in plain text? A known format counts under any name; under a name
 * that means a secret every value does that is not empty, a reference, a placeholder, a switch or a place.
 */
export function hardCodedSecret(name: string, value: string): HardCodedSecret | undefined {
  const byForm = secretValue(value);
  if (byForm && byForm.confidence !== 'guess') return { ...byForm, weak: false };
  const byName = secretName(name);
  if (byName === 'no') return undefined;
  const nature = natureOfValue(value);
  const whole = { start: 0, end: value.length };
  if (byName === 'maybe') {
    // NEO4J_AUTH and its like hold `user/password`.
    return byForm ? { ...byForm, confidence: leastSure(byForm.confidence, 'guess'), weak: false } : undefined;
  }
  if (nature === 'weak' || (nature === 'number' && value.trim().length >= 4)) {
    return { kind: 'weak-password', what: 'a password everybody knows', confidence: 'certain', ...whole, weak: true };
  }
  if (nature !== 'set') return undefined;
  if (repeatsName(name, value.trim())) {
    return {
      kind: 'weak-password',
      what: 'a password that repeats its name',
      confidence: 'certain',
      ...whole,
      weak: true,
    };
  }
  return { kind: 'plain-secret', what: 'a secret in plain text', confidence: 'likely', ...whole, weak: false };
}

/** HERITRIX_PASSWORD=heritrix: the second thing anybody tries. */
function repeatsName(name: string, value: string): boolean {
  return (
    value.length >= 3 && value.length < 40 && name.toLowerCase().includes(value.toLowerCase().replace(/[-.]/g, '_'))
  );
}
