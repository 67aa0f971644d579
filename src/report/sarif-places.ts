import type { Place } from '../vocabulary/finding.ts';
import { visible } from './visible.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The name that code scanning knows for the root of the checked-out sources. */
export const sourceRoot = '%SRCROOT%';

/** A relative reference (RFC 3986): each part percent-encoded, so that a `:` in the first makes it no scheme. */
export function artifactLocation(file: string): Json {
  const parts = wellFormed(file).split('/').map(encodeURIComponent);
  return { uri: parts.join('/'), uriBaseId: sourceRoot };
}

/** A half of a surrogate pair has no UTF-8: `encodeURIComponent` throws, and JSON readers refuse it. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\uFFFD');
}

/** The end column is the one behind the last, in SARIF (3.30.8) as in ours. */
export function region({ span: { start, end } }: Place): Json {
  const isForward = end.line > start.line || (end.line === start.line && end.column >= start.column);
  return {
    startLine: start.line,
    startColumn: start.column,
    ...(isForward ? { endLine: end.line, endColumn: end.column } : {}),
  };
}

/** `[text](address)` in a message is a link (3.11.6); ours have none, so what looks like one is escaped. */
export function message(text: string): Json {
  const shown = visible(text);
  return { text: shown.includes('](') ? shown.replace(/[\\[\]]/g, '\\$&') : shown };
}
