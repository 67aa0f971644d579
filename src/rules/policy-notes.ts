import type { Span } from '../vocabulary/span.ts';

/** Something to say of a suppression or of the configuration itself. */
export interface PolicyNote {
  readonly at: Span;
  /** One sentence, without a final full stop. */
  readonly message: string;
}

/** What the judge learns of suppressions and configuration once all other rules have spoken. */
export interface PolicyNotes {
  /** Configuration or comments that cannot be read as what they are meant to be. */
  readonly faults: readonly PolicyNote[];
  readonly expired: readonly PolicyNote[];
  /** Empty where not every rule ran: then nobody can know. */
  readonly unused: readonly PolicyNote[];
  /** Empty unless the configuration asks for reasons. */
  readonly unreasoned: readonly PolicyNote[];
}
