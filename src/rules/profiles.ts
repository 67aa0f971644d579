import type { Service } from '../model/service.ts';

/** Started by different profiles only: one instead of the other, as far as one can tell. */
export function areNeverTogether(first: Service, second: Service): boolean {
  if (first === second || first.profiles.length === 0 || second.profiles.length === 0) return false;
  return !first.profiles.some((name) => second.profiles.includes(name));
}
