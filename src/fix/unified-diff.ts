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

/** What differs between two texts, with three lines around it. The only file that imports `diff`, and only when asked. */
export async function unifiedDiff(before: string, after: string): Promise<RawHunk[]> {
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
