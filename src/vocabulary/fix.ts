import type { Span } from './span.ts';

/**
 * Replace the text at `span` (empty for an insertion) by `text`. All other bytes stay. A span in a file that does not
 * exist makes the file: then it is `0..0`.
 */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** `safe` cannot make a working service fail; `review` might, and names the drill that would show it. */
export interface Fix {
  /** What it does, as an order: `Keep three log files of 10 MB`. */
  readonly title: string;
  readonly safety: 'safe' | 'review';
  readonly provedBy?: string;
  /** Why here and not elsewhere, or what to look at: `in the Dockerfile, because "api" and "worker" both build it`. */
  readonly note?: string;
  readonly edits: readonly Edit[];
  /**
   * What it changes in the merged Compose model: `services.db.logging`. A fix that turns out to change anything else is
   * not applied. Empty for one that leaves the model as it is (the obsolete `version`).
   */
  readonly sets?: readonly string[];
}

/** What people prefer where a finding can be mended in several ways. */
export interface Wishes {
  /** Downloads of package managers: cleaned up in the same layer, or kept out of it by a BuildKit cache mount. */
  readonly caches: 'cleaned' | 'mounted';
}

export const usualWishes: Wishes = { caches: 'cleaned' };

/** Why a finding is left to a person, in one sentence: `Only you know which version was meant`. */
export interface LeftToPerson {
  readonly left: string;
}

/** What a rule offers when it is asked to mend what it found. */
export type Cure = Fix | LeftToPerson;

export function isFix(cure: Cure): cure is Fix {
  return !('left' in cure);
}
