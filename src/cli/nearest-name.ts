import { nearest } from '../read/dockerfile/suggest.ts';

/** The candidate that was probably meant; undefined when none is near. */
export function nearestName(word: string, candidates: readonly string[]): string | undefined {
  const within = candidates.filter((candidate) => candidate.includes(word) && word.length > 2);
  return within.length === 1 ? within[0] : nearest(word, candidates);
}
