import type { Finding } from './finding.ts';

/** `open`: only a drill or a person can tell. Never counted as passed. */
export type ItemState = 'pass' | 'fail' | 'not-applicable' | 'open';

export interface ChecklistItemState {
  /** `CHK1.1` */
  readonly id: string;
  /** The lesson's own words. */
  readonly text: string;
  readonly state: ItemState;
  /** Why: the line, the rule, or the drill or person that must answer. */
  readonly evidence: string;
  /** Where the evidence stands, `file:line`, for a pass or a failure that a line shows. */
  readonly at: readonly string[];
}

export interface ChecklistState {
  /** `CHK1` … `CHK7` */
  readonly id: string;
  readonly title: string;
  readonly items: readonly ChecklistItemState[];
}

/** One effective setting of a service and where it comes from, for people and for JSON. */
export interface Setting {
  readonly name: string;
  /** As text; secrets masked. `unknown` where nothing says. */
  readonly value: string;
  /** `compose.yaml:12`, `api/Dockerfile:7`, `node:22-alpine (base image)`, `Docker's default`. */
  readonly from: string;
  readonly confidence: 'certain' | 'likely' | 'guess';
}

export interface ServiceSummary {
  readonly name: string;
  readonly file: string;
  readonly image: string;
  readonly settings: readonly Setting[];
}

/** A rule that threw: our bug, reported with exit code 4; the other rules ran. */
export interface RuleFailure {
  readonly rule: string;
  readonly message: string;
}

/** A finding that somebody has accepted; it counts nowhere, and is shown only where it is asked for. */
export interface SuppressedFinding extends Finding {
  readonly by: 'comment' | 'config' | 'baseline';
  readonly reason?: string;
  /** The last day on which it is accepted, `2027-01-31`. */
  readonly until?: string;
  /** Where it was accepted: `compose.yaml:12`, or the baseline's path. */
  readonly at: string;
}

export interface Verdict {
  readonly findings: readonly Finding[];
  /** Absent when nothing was suppressed. */
  readonly suppressed?: readonly SuppressedFinding[];
  readonly checklists: readonly ChecklistState[];
  readonly services: readonly ServiceSummary[];
  /** Files that were read and judged, sorted. */
  readonly files: readonly string[];
  /** What could not be looked at, and why; empty when all was. */
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  readonly failures: readonly RuleFailure[];
}
