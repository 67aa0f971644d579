import type { Confidence } from './severity.ts';
import type { Span } from './span.ts';

/** Where something is known from. */
export type Origin =
  | { readonly kind: 'file'; readonly span: Span }
  | { readonly kind: 'base-image'; readonly image: string; readonly source?: string }
  | { readonly kind: 'docker-default'; readonly because: string };

/** Something known of an image or service; what is not known is `undefined`, never a guess at "no". */
export interface Fact<T> {
  readonly value: T;
  readonly sure: Confidence;
  readonly from: Origin;
}

/** A value that the user's files state, and where. */
export interface Sourced<T> {
  readonly value: T;
  readonly span: Span;
}

export function stated<T>(value: T, span: Span, sure: Confidence = 'certain'): Fact<T> {
  return { value, sure, from: { kind: 'file', span } };
}

/** The span a fact points at, when it comes from the user's files. */
export function spanOfFact(fact: Fact<unknown> | undefined): Span | undefined {
  return fact?.from.kind === 'file' ? fact.from.span : undefined;
}
