import type { DrillReport, DrillResult, SkippedDrill } from '../../vocabulary/drill.ts';

/** What of a drill report decides checklist items; a `DrillReport` is one. */
export interface Proof {
  readonly project: DrillReport['project'];
  readonly drills: readonly Pick<DrillResult, 'id' | 'service' | 'outcome' | 'summary' | 'evidence'>[];
  readonly skipped: readonly SkippedDrill[];
}

export type ProofResult = Proof['drills'][number];
