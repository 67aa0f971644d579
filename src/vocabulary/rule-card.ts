import type { Confidence, Severity } from './severity.ts';

/**
 * A rule as reports tell of it: its metadata, without its judgement. Every `Rule` is one; what shows examples adds
 * their text, since a rule itself only names the folders they lie in.
 */
export interface RuleCard {
  /** A path: `compose/unbounded-logs`. */
  readonly id: string;
  /** The fault, named so that it reads well after "allow". */
  readonly summary: string;
  /** The incident that follows, in one sentence. */
  readonly why: string;
  /** Addresses of what the rule rests on. */
  readonly sources: readonly string[];
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The first version that had it: `0.1.0`. */
  readonly since: string;
  /** Rows of the mission: `RUN9`. */
  readonly mission: readonly string[];
  /** What other tools call it: `hadolint:DL3002`. */
  readonly aliases: readonly string[];
  /** The drill that proves the claim on a live engine. */
  readonly drill?: string;
  /** Off unless asked for. */
  readonly optIn?: boolean;
  /** A file that shows the fault, as text. */
  readonly exampleBad?: string;
  /** The same file without it. */
  readonly exampleGood?: string;
}
