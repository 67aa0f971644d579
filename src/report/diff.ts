import type { FileDiff } from '../vocabulary/mending.ts';
import { paintWith, type Style } from './paint.ts';
import { visible } from './visible.ts';

const styles: Readonly<Record<string, Style>> = { '+': 'pass', '-': 'fail', '\\': 'faint' };

/**
 * A unified diff as `git diff` writes it, so that `git apply` and `patch -p1` read it. Tabs and carriage returns stay;
 * every other character that a terminal would act on is escaped. Empty where nothing differs.
 */
export function renderDiff(diffs: readonly FileDiff[], options: { readonly color: boolean }): string {
  const paint = paintWith(options.color);
  return diffs
    .filter(({ hunks }) => hunks.length > 0)
    .map(({ file, isNew, hunks }) => {
      const name = visible(file);
      const head = [
        `diff --git a/${name} b/${name}`,
        ...(isNew ? ['new file mode 100644', '--- /dev/null'] : [`--- a/${name}`]),
        `+++ b/${name}`,
      ].map((line) => paint('strong', line));
      const body = hunks.flatMap((hunk) => [
        paint('low', hunk.head),
        ...hunk.lines.map((line) => painted(line, paint)),
      ]);
      return `${[...head, ...body].join('\n')}\n`;
    })
    .join('');
}

function painted(line: string, paint: ReturnType<typeof paintWith>): string {
  const isCrlf = line.endsWith('\r');
  const shown = (isCrlf ? line.slice(0, -1) : line).split('\t').map(visible).join('\t');
  const style = styles[line[0] ?? ' '];
  return (style ? paint(style, shown) : shown) + (isCrlf ? '\r' : '');
}
