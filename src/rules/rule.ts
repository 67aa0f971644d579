import type { ComposeModel } from '../model/compose-model.ts';
import type { Dockerfile, Stage } from '../model/dockerfile/dockerfile.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure, Wishes } from '../vocabulary/fix.ts';
import type { Confidence, Severity } from '../vocabulary/severity.ts';
import type { Span } from '../vocabulary/span.ts';
import type { PolicyNotes } from './policy-notes.ts';

/** What a rule says of one place. Severity and confidence default to the rule's own. */
export interface Report {
  readonly at: Span;
  readonly message: string;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** Which of the rule's aliases apply to this very finding, where they differ by case; default all. */
  readonly aliases?: readonly string[];
  readonly related?: readonly { readonly at: Span; readonly message: string }[];
  readonly service?: Service;
  /**
   * How it is mended, worked out only when somebody asks: `seaworthy fix`, or a format that shows fixes. Undefined where
   * there is nothing to say beyond the rule's own `byHand`.
   */
  readonly fix?: (wishes: Wishes) => Cure | undefined;
}

export type Reporter = (report: Report) => void;

/**
 * One fault. The id is a path: `compose/unbounded-logs` names a file in `src/rules/`, a folder in `test/rules/` and a
 * page in `docs/rules/`. A rule sees the model; never text, disk, network or clock.
 */
export interface Rule {
  readonly id: `${'compose' | 'dockerfile' | 'project'}/${string}`;
  /** The fault, named so that it reads well after "allow". */
  readonly summary: string;
  /** The incident that follows, in one sentence. */
  readonly why: string;
  readonly sources: readonly string[];
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly since: string;
  /** Rows of the mission: `RUN9`. */
  readonly mission: readonly string[];
  /** What other tools call it: `hadolint:DL3002`. Only ids whose every positive case this rule reports. */
  readonly aliases: readonly string[];
  /** The drill that proves the claim on a live engine. */
  readonly drill?: string;
  /** Why people must mend it themselves, in one sentence; for findings that bring no fix. */
  readonly byHand?: string;
  /** Off unless asked for: taste, or advice that does harm by default. */
  readonly optIn?: true;
  /** Folders beside the rule's tests. */
  readonly examples: { readonly bad: string; readonly good: string };
  /** Once per Dockerfile. */
  dockerfile?(dockerfile: Dockerfile, report: Reporter, project: Project): void;
  /** Once per stage that some image is made from, the final one included (`stage.isFinal`). */
  stage?(stage: Stage, report: Reporter, project: Project): void;
  /** Once per service; a Dockerfile that no service builds makes one service of its own (`service.compose` undefined). */
  service?(service: Service, report: Reporter, project: Project): void;
  /** Once per Compose project. */
  compose?(compose: ComposeModel, report: Reporter, project: Project): void;
  /** Once, with everything at hand. */
  project?(project: Project, report: Reporter): void;
  /** Once, after all others: on suppressions and configuration. What it says cannot be suppressed by a comment. */
  policy?(notes: PolicyNotes, report: Reporter): void;
}
