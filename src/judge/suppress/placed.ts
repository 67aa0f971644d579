import type { SourceText } from '../../read/text.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { Directive } from './directive.ts';
import { ownComment } from './own-comment.ts';
import { peerComment } from './peer-comments.ts';

/** A comment's wish, and what part of the file it is about: findings that begin there. */
export interface PlacedDirective extends Directive {
  readonly at: Span;
  /** Undefined: the comment stands above nothing. The end counts, so that empty spans there are met too. */
  readonly range: { readonly start: number; readonly end: number } | undefined;
}

/** Whether it is worth looking for comments at all: most files have none, and reading YAML twice costs. */
export function mayHoldDirectives(text: string): boolean {
  return (
    text.includes('#') &&
    /seaworthy[ \t:]+ignore|hadolint[ \t]+(?:global[ \t]+)?ignore|(?:checkov|bridgecrew):skip|(?:trivy|tfsec):ignore|kics-scan|dclint[ \t]+disable|nosem|check[ \t]*=[ \t]*skip/i.test(
      text,
    )
  );
}

/** The directive in a comment (without its `#`), or undefined. */
export function directiveOf(text: string): Directive | undefined {
  return ownComment(text) ?? peerComment(text);
}

export const wholeFile = { start: 0, end: Number.POSITIVE_INFINITY };

/** The line (from 1) from its first character to its end. */
export function lineRange(source: SourceText, line: number): { start: number; end: number } {
  const start = source.offsetOf(line);
  return { start, end: start + source.line(line).length };
}

/** A longer run of comments is a chapter, not a remark on what follows; keeps a file full of comments linear. */
const mostComments = 200;

/** The next line that holds more than a comment. */
export function nextLineRange(source: SourceText, line: number): { start: number; end: number } | undefined {
  const last = Math.min(source.lineCount, line + mostComments);
  for (let next = line + 1; next <= last; next++)
    if (!/^\s*(?:#|$)/.test(source.line(next))) return lineRange(source, next);
  return undefined;
}
