/** One line of a difference and where it stands, from 1; `mark` is the note on a missing last line end. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+' | '\\';
  readonly text: string;
  readonly oldLine: number;
  readonly newLine: number;
}

export interface RawHunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly DiffLine[];
}

/**
 * Myers' algorithm takes time with the number of lines that differ; ours differ in few. Past this many the whole file is
 * shown as replaced, so that no file, however odd, makes it slow.
 */
const mostDifferences = 4000;

/**
 * What changed in a file, in the unified format that `patch` and `git apply` read; empty when nothing did. A new file
 * is compared with `/dev/null`. Nothing is masked.
 */
export async function unifiedDiff(file: string, before: string | undefined, after: string): Promise<string> {
  if (before === after) return '';
  const old = before === undefined ? '/dev/null' : `a/${file}`;
  const hunks = await diffHunks(before ?? '', after);
  const body = hunks.flatMap((hunk) => [headOf(hunk), ...hunk.lines.map(({ sign, text }) => sign + text)]);
  return `${[`--- ${old}`, `+++ b/${file}`, ...body].join('\n')}\n`;
}

/** `@@ -1,3 +1,4 @@`, also of a single line. */
export function headOf({ oldStart, oldLines, newStart, newLines }: RawHunk): string {
  // Of an empty side, the line before is named: 0 for a new file.
  const range = (start: number, lines: number) => `${lines === 0 ? start - 1 : start},${lines}`;
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`;
}

/** What differs between two texts, with three lines around it. The package is loaded only when asked. */
export async function diffHunks(before: string, after: string): Promise<RawHunk[]> {
  const { structuredPatch } = await import('diff/lib/patch/create.js');
  const options = { context: 3, maxEditLength: mostDifferences };
  const patch = structuredPatch('a', 'b', before, after, undefined, undefined, options);
  const hunks = (patch ?? wholeReplacement(before, after)).hunks;
  return hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
    oldStart,
    oldLines,
    newStart,
    newLines,
    lines: placed(lines, oldStart, newStart),
  }));
}

type Hunk = Pick<RawHunk, 'oldStart' | 'oldLines' | 'newStart' | 'newLines'> & { readonly lines: readonly string[] };

function wholeReplacement(before: string, after: string): { readonly hunks: readonly Hunk[] } {
  const old = linesOf(before, '-');
  const fresh = linesOf(after, '+');
  const counted = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('\\')).length;
  return {
    hunks: [{ oldStart: 1, oldLines: counted(old), newStart: 1, newLines: counted(fresh), lines: [...old, ...fresh] }],
  };
}

function linesOf(text: string, sign: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  const isWhole = lines.at(-1) === '';
  const signed = (isWhole ? lines.slice(0, -1) : lines).map((line) => sign + line);
  return isWhole ? signed : [...signed, '\\ No newline at end of file'];
}

function placed(lines: readonly string[], oldStart: number, newStart: number): DiffLine[] {
  let oldLine = oldStart;
  let newLine = newStart;
  return lines.map((line) => {
    const sign = line[0] === '-' || line[0] === '+' || line[0] === '\\' ? line[0] : ' ';
    const here = { sign, text: line.slice(1), oldLine, newLine } as const;
    if (sign === '-' || sign === ' ') oldLine += 1;
    if (sign === '+' || sign === ' ') newLine += 1;
    return here;
  });
}
