import { randomBytes } from 'node:crypto';
import type { StandIn } from '../../vocabulary/drill.ts';
import { notToBeHad } from './invented.ts';

/** What stands for a secret that nobody can have here. */
export const randomText = () => randomBytes(24).toString('base64url');

/**
 * For `planStack`: random texts in place of secrets and configs that cannot be had (external ones, those of variables
 * that are not set), the same for all who use one. `standIns` names those that were asked for.
 */
export function standInTexts(): {
  readonly standIn: (kind: 'secret' | 'config', key: string) => string;
  readonly standIns: readonly StandIn[];
} {
  const texts = new Map<string, string>();
  const standIns: StandIn[] = [];
  return {
    standIns,
    standIn(kind, key) {
      const known = texts.get(`${kind} ${key}`);
      if (known !== undefined) return known;
      const text = randomText();
      texts.set(`${kind} ${key}`, text);
      standIns.push({ kind, service: undefined, wanted: `${kind} ${key}`, used: `random text: ${notToBeHad}` });
      return text;
    },
  };
}
