import { maskedLines, maskedText } from '../model/masked-lines.ts';
import type { Project } from '../model/project.ts';
import type { FileDiff } from '../vocabulary/mending.ts';
import { isSecretFile } from './secret-files.ts';
import { type DiffLine, diffHunks, headOf } from './unified-diff.ts';

/** One file before (undefined: there was none) and after. */
export interface TextPair {
  readonly file: string;
  readonly old: string | undefined;
  readonly new: string;
}

/**
 * The difference as it may be shown: every value that is or may be a secret is masked, in what goes, in what comes and
 * around it. Without `after`, what comes is masked by its look alone. `named` gives the path to show.
 */
export async function shownDiff(
  pairs: readonly TextPair[],
  before: Project,
  after: Project | undefined,
  named: (file: string) => string,
): Promise<FileDiff[]> {
  const oldLine = maskedLines(before);
  const newLine = after && maskedLines(after);
  const anyLine = maskedText(before);
  const diffs: FileDiff[] = [];
  for (const { file, old, new: fresh } of pairs) {
    const isSecret = old === undefined && isSecretFile(file, after ?? before);
    const shown = (line: DiffLine): string => {
      if (line.sign === '\\') return `\\${line.text}`;
      // Git and patch take the carriage return for part of the line.
      const isCrlf = line.text.endsWith('\r');
      const text = isCrlf ? line.text.slice(0, -1) : line.text;
      const known = line.sign === '+' ? newLine?.(file, line.newLine) : oldLine(file, line.oldLine);
      // What the old project knows as a secret is one in the new text as well.
      const masked = isSecret ? '***' : anyLine(known ?? text);
      return `${line.sign}${masked}${isCrlf ? '\r' : ''}`;
    };
    const hunks = await diffHunks(old ?? '', fresh);
    diffs.push({
      file: named(file),
      isNew: old === undefined,
      hunks: hunks.map((hunk) => ({ head: headOf(hunk), lines: hunk.lines.map(shown) })),
    });
  }
  return diffs;
}
