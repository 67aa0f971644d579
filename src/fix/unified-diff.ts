/**
 * What changed in a file, in the unified format that `patch` and `git apply` read; empty when nothing did. A new file
 * is compared with `/dev/null`. The only file that imports the `diff` package, loaded when a difference is shown.
 */
export async function unifiedDiff(file: string, before: string | undefined, after: string): Promise<string> {
  if (before === after) return '';
  const { createTwoFilesPatch } = await import('diff');
  const old = before === undefined ? '/dev/null' : `a/${file}`;
  const patch = createTwoFilesPatch(old, `b/${file}`, before ?? '', after, undefined, undefined, { context: 3 });
  // The package's own first line is no part of the format.
  return patch.replace(/^=+\n/, '');
}
