import type { Span } from './span.ts';

/** Replace the text at `span` (empty for an insertion) by `text`. All other bytes stay. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** `safe` cannot make a working service fail; `review` might, and names the drill that would show it. */
export interface Fix {
  /** What it does, as an order: `Keep three log files of 10 MB`. */
  readonly title: string;
  readonly safety: 'safe' | 'review';
  readonly provedBy?: string;
  readonly edits: readonly Edit[];
}
