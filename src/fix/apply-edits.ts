import type { Edit } from '../vocabulary/fix.ts';

/** Puts edits into one text. Edits at the same place go in, in the order given. Undefined when two overlap or leave the text. */
export function applyEdits(text: string, edits: readonly Edit[]): string | undefined {
  const ordered = edits.map((edit, index) => ({ edit, index })).sort(byPlace);
  const parts: string[] = [];
  let at = 0;
  for (const { edit } of ordered) {
    const { start, end } = edit.span;
    if (start < at || end < start || end > text.length) return undefined;
    parts.push(text.slice(at, start), edit.text);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

function byPlace(first: { edit: Edit; index: number }, second: { edit: Edit; index: number }): number {
  const a = first.edit.span;
  const b = second.edit.span;
  return a.start - b.start || a.end - b.end || first.index - second.index;
}

/** Whether both can be made at once without one touching what the other does: even two insertions at one place touch. */
export function touches(first: Edit, second: Edit): boolean {
  return (
    first.span.file === second.span.file && first.span.start <= second.span.end && second.span.start <= first.span.end
  );
}

export function isSameEdit(first: Edit, second: Edit): boolean {
  return (
    first.span.file === second.span.file &&
    first.span.start === second.span.start &&
    first.span.end === second.span.end &&
    first.text === second.text
  );
}

/** Groups edits by file. */
export function byFile(edits: readonly Edit[]): Map<string, Edit[]> {
  const files = new Map<string, Edit[]>();
  for (const edit of edits) {
    const known = files.get(edit.span.file);
    if (known) known.push(edit);
    else files.set(edit.span.file, [edit]);
  }
  return files;
}

/** Where a place of the old text is in the new one; undefined when it was inside what an edit replaced. */
export function movedTo(offset: number, edits: readonly Edit[]): number | undefined {
  let moved = offset;
  for (const { span, text } of edits) {
    if (span.end <= offset && !(span.start === offset && span.end === offset))
      moved += text.length - (span.end - span.start);
    else if (span.start === offset && span.end === offset) moved += text.length;
    else if (span.start < offset) return undefined;
  }
  return moved;
}
