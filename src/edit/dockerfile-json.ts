import type { LogicalText } from '../read/dockerfile/tree.ts';
import type { Edit } from '../vocabulary/fix.ts';
import type { Span } from '../vocabulary/span.ts';

/** The JSON form of commands, made of a shell form word by word: lines, continuations and comments between stay. */

/** `node server.js` becomes `["node", "server.js"]`. */
export function wordsAsJson(words: readonly { readonly text: string; readonly span: Span }[]): Edit[] {
  const last = words.length - 1;
  return words.map(({ text, span }, index) => ({
    span,
    text: `${index === 0 ? '[' : ''}${JSON.stringify(text)}${index === last ? ']' : ','}`,
  }));
}

/**
 * The whole text as the last string of a JSON array: `["sh", "-c", "…"]`. `insert` puts something into the text. A
 * backslash at the end of a line is no part of it: the builder joins lines before it reads JSON.
 */
export function quotedInJson(
  body: LogicalText,
  {
    before,
    insert,
  }: { readonly before: readonly string[]; readonly insert?: { readonly at: number; readonly text: string } },
): Edit[] {
  const { text } = body;
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  const edits: Edit[] = [];
  for (let index = start; index < end; index++) {
    const character = text[index] ?? '';
    const escaped = JSON.stringify(character).slice(1, -1);
    const head = index === start ? `[${before.map((word) => `${JSON.stringify(word)}, `).join('')}"` : '';
    const inserted = insert?.at === index ? JSON.stringify(insert.text).slice(1, -1) : '';
    const tail = index === end - 1 ? '"]' : '';
    // A pair of UTF-16 halves is never escaped, so each half stands for itself.
    const isSurrogate = /[\ud800-\udfff]/.test(character);
    const fresh = `${head}${inserted}${isSurrogate ? character : escaped}${tail}`;
    if (fresh !== character) edits.push({ span: body.span(index, index + 1), text: fresh });
  }
  return edits;
}
