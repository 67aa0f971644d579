import type { Fix } from './fix.ts';
import type { Confidence, Severity } from './severity.ts';
import type { Position } from './span.ts';

/** A place as every output shows it: file, line and column (from 1), offset (from 0, UTF-16 code units). */
export interface Place {
  readonly file: string;
  readonly span: { readonly start: Position; readonly end: Position };
}

/** A fault in the user's files. */
export interface Finding extends Place {
  /** The rule's id, which is a path: `compose/unbounded-logs`. */
  readonly rule: string;
  /** What other tools call it: `hadolint:DL3002`. */
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What is wrong, in one sentence. Secret values are masked. */
  readonly message: string;
  /** The service it is about; absent for a fault of a file as a whole. */
  readonly service?: string;
  /** The directory of the project that the service belongs to, where it lies below the one that was named. */
  readonly project?: string;
  /** All services it concerns, when several share the file. */
  readonly services?: readonly string[];
  /** Other places that matter: `the health check is here`. */
  readonly related?: readonly (Place & { readonly message: string })[];
  /** Rows of the mission it answers: `IMG7`. */
  readonly mission: readonly string[];
  /** The drill that proves it on a live engine. */
  readonly drill?: string;
  /** How it can be mended, where fixes were asked for; edits name files as `file` does. */
  readonly fix?: Fix;
  /** Why it is left to a person, where fixes were asked for and there is none. */
  readonly left?: string;
}
