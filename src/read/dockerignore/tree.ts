import type { Fault } from '../../vocabulary/fault.ts';
import type { Span } from '../../vocabulary/span.ts';

/** A `.dockerignore` as moby reads it: the patterns in order, and what moby would refuse. */
export interface Dockerignore {
  readonly file: string;
  readonly text: string;
  /** Legal patterns only; an illegal one is a fault, and makes Docker refuse the whole build. */
  readonly patterns: readonly IgnorePattern[];
  readonly comments: readonly { readonly text: string; readonly span: Span }[];
  readonly faults: readonly Fault[];
}

export interface IgnorePattern {
  /** Cleaned as by Go's `filepath.Clean`, without `!` and without a leading `/`. */
  readonly pattern: string;
  /** `!pattern`: what it matches is put back into the context. */
  readonly negated: boolean;
  /** As written, trimmed. */
  readonly written: string;
  readonly span: Span;
}
