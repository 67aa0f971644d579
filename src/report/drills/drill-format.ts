import type { DrillReport } from '../../vocabulary/drill.ts';

export interface DrillExtras {
  /** Seaworthy's own version: `0.1.0`. */
  readonly version: string;
  /** Whether what is inconclusive fails the run, for those formats that know passed and failed. */
  readonly strict?: boolean;
}

/** A report in, a string out, which ends with a line end. */
export type DrillFormat = (report: DrillReport, extras: DrillExtras) => string;
