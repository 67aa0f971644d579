import type { Finding } from './finding.ts';
import type { Fix } from './fix.ts';

/** A finding that was mended, and how. Its place is the one it had when its turn came. */
export interface Applied {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** A finding that remains, at its place in the mended text. */
export interface LeftFinding {
  readonly finding: Finding;
  readonly because: string;
  /** It would be mended at the level `review`. */
  readonly needsReview: boolean;
}

/** Lines that differ and some around them; each begins with ` `, `-`, `+` or, for a missing last line end, `\`. */
export interface DiffHunk {
  /** `@@ -1,3 +1,4 @@` */
  readonly head: string;
  readonly lines: readonly string[];
}

/** What becomes of one file. Secrets are masked. */
export interface FileDiff {
  readonly file: string;
  readonly isNew: boolean;
  readonly hunks: readonly DiffHunk[];
}

/** A fix without its edits, whose texts may hold secrets and whose places are those of a text between old and new. */
export interface Change {
  /** What it does, as an order. */
  readonly title: string;
  readonly safety: Fix['safety'];
  /** The drill that would show whether it does harm. */
  readonly provedBy?: string;
  readonly note?: string;
  /** The files it changes. */
  readonly files: readonly string[];
}

export interface MendedFinding {
  readonly finding: Finding;
  readonly change: Change;
}

export interface RemainingFinding {
  readonly finding: Finding;
  readonly because: string;
  /** It would be mended at the level `review`, by `change`. */
  readonly needsReview: boolean;
  readonly change?: Change;
}

/** What `fix` did to one or several projects, as it may be shown: paths as the caller names them, secrets masked. */
export interface Mending {
  readonly applied: readonly MendedFinding[];
  readonly left: readonly RemainingFinding[];
  readonly diffs: readonly FileDiff[];
}
