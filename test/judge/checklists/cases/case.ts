import type { ItemState } from '../../../../src/vocabulary/verdict.ts';

/** One small project, and what one item must say of it. */
export interface Case {
  /** Several ids where lists repeat the question. */
  readonly items: readonly string[];
  readonly of: string;
  readonly files: Readonly<Record<string, string>>;
  readonly state: ItemState;
  /** `*` where the words are a rule's, or differ from item to item: then the place alone is looked at. */
  readonly evidence: string;
  /** Left out where no line shows it. */
  readonly at?: readonly string[];
}

/** A Compose file alone. */
export function compose(text: string): Record<string, string> {
  return { 'compose.yaml': text };
}

/** A Dockerfile alone. */
export function image(text: string): Record<string, string> {
  return { Dockerfile: text };
}
