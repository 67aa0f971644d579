import type { Span } from '../../vocabulary/span.ts';

/**
 * The commands between backticks, once the shell has taken away the backslashes that belong to the backticks: those
 * before `$`, a backtick and a backslash, and before `"` where the backticks stand in double quotes (POSIX 2.6.3).
 */
export function unescapeBackticks(
  text: string,
  start: number,
  end: number,
  inDouble: boolean,
  where: (start: number, end: number) => Span,
): { text: string; where: (start: number, end: number) => Span } {
  const escaped = inDouble ? '$`\\"' : '$`\\';
  const parts: string[] = [];
  /** The offset each part begins at, in the new text and in the old. */
  const news: number[] = [];
  const olds: number[] = [];
  let length = 0;
  const add = (from: number, to: number): void => {
    if (from >= to) return;
    news.push(length);
    olds.push(from);
    parts.push(text.slice(from, to));
    length += to - from;
  };
  let from = start;
  for (let at = text.indexOf('\\', start); at !== -1 && at + 1 < end; at = text.indexOf('\\', at + 2)) {
    if (!escaped.includes(text[at + 1] as string)) continue;
    add(from, at);
    from = at + 1;
  }
  add(from, end);
  const old = (offset: number): number => {
    let low = 0;
    let high = news.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((news[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return (olds[low] ?? start) + offset - (news[low] ?? 0);
  };
  return { text: parts.join(''), where: (a, b) => where(old(a), b > a ? old(b - 1) + 1 : old(a)) };
}
