import type { RuleCard } from '../vocabulary/rule-card.ts';
import type { Severity } from '../vocabulary/severity.ts';
import type { StackGraph } from '../vocabulary/stack-graph.ts';
import type { Verdict } from '../vocabulary/verdict.ts';

/** What a format may use beside the verdict. */
export interface FormatExtras {
  /** Seaworthy's own version: `0.1.0`. */
  readonly version: string;
  /** The rules that can be in the verdict, for those formats that carry their texts. */
  readonly rules: readonly RuleCard[];
  /** A line (from 1) of a judged file, secrets masked; `''` where there is none. */
  readonly sources?: (file: string, line: number) => string;
  /** From which severity on the run fails, for those formats that know passed and failed; default: from any. */
  readonly failOn?: Severity | 'never';
  /** Leaves suppressed findings out of a format that would tell them. */
  readonly withoutSuppressed?: boolean;
  /** What joins the services of each project, for those formats that draw it; worked out when asked for. */
  readonly graphs?: () => readonly StackGraph[];
}

/** A verdict in, a string out, which ends with a line end. */
export type Format = (verdict: Verdict, extras: FormatExtras) => string;
