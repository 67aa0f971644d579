import type { Span } from './span.ts';

/**
 * What a reader says of a file that Docker would refuse or warn about. Readers never throw on bad input: they return
 * what they could read, and faults beside it. The judge turns faults into findings.
 */
export interface Fault {
  /** Stable, kebab-case, e.g. `unknown-instruction`, `unterminated-heredoc`, `merge-conflict`. */
  readonly code: string;
  /** One plain sentence, without a final full stop. Secret values never appear in it. */
  readonly message: string;
  readonly span: Span;
  /** True when Docker refuses the file for it; false when Docker goes on (perhaps with a warning). */
  readonly refused: boolean;
}
