import { edited, fixOf, leftBecause } from '../edit/change.ts';
import type { Dockerfile } from '../model/dockerfile/dockerfile.ts';
import { expandWord } from '../read/dockerfile/expand.ts';
import type { Pair } from '../read/dockerfile/tree.ts';
import type { Cure, Edit } from '../vocabulary/fix.ts';

/**
 * `ENV key value` as `ENV key=value`, with the very value that BuildKit reads now: the old form takes the rest of the
 * line as one word, the new one ends at a blank that stands outside quotes.
 */
export function equalsSign({ tree }: Dockerfile, { key, keySpan, value, valueSpan }: Pair): Cure | undefined {
  if (value === undefined || !valueSpan || /["'$\\`]/.test(key)) return undefined;
  const { file } = keySpan;
  const gap = (text: string): Edit => ({ span: { file, start: keySpan.end, end: valueSpan.start }, text });
  const quoted = asOneWord(value, tree.escape);
  if (quoted === undefined || !isSame(value, quoted, tree.escape))
    return leftBecause('its quotes do not close, so only you know which value was meant');
  const written = tree.text.slice(valueSpan.start, valueSpan.end);
  const edits =
    quoted === value
      ? [gap('=')]
      : quoted === `"${value}"`
        ? [gap('="'), { span: { file, start: valueSpan.end, end: valueSpan.end }, text: '"' }]
        : written === value
          ? [gap('='), { span: valueSpan, text: quoted }]
          : undefined;
  if (!edits) return leftBecause('its value spans several lines, with quotes in it');
  return fixOf({ title: 'Put = between name and value', safety: 'safe' }, edited(...merged(edits)));
}

/** The gap and the whole value meet, and are one edit. */
function merged([first, second]: readonly Edit[]): Edit[] {
  if (!first) return [];
  if (!second) return [first];
  return second.span.start === first.span.end
    ? [{ span: { ...first.span, end: second.span.end }, text: first.text + second.text }]
    : [first, second];
}

/** The value as BuildKit's new form takes it: as it is where no blank stands free, else in double quotes. */
function asOneWord(value: string, escapeChar: string): string | undefined {
  let text = '"';
  let isFree = false;
  let quote = '';
  for (let at = 0; at < value.length; at++) {
    const char = value[at] as string;
    const next = value[at + 1];
    if (quote === "'") {
      if (char === "'") quote = '';
      else text += char === '"' || char === '$' || char === escapeChar ? `${escapeChar}${char}` : char;
    } else if (char === escapeChar) {
      if (next === undefined) return undefined;
      // In double quotes the escape character stays, but before these three.
      if (next === '"' || next === '$' || next === escapeChar) text += char + next;
      else text += quote === '"' ? `${escapeChar}${escapeChar}${next}` : next;
      at++;
    } else if (char === '"') quote = quote === '"' ? '' : '"';
    else if (char === "'" && quote === '') quote = "'";
    else {
      if (quote === '' && /\s/.test(char)) isFree = true;
      text += char;
    }
  }
  if (quote !== '') return undefined;
  return isFree || value === '' ? `${text}"` : value;
}

/** Read by the rules of BuildKit, with variables that show where they stood, both must be the same. */
function isSame(first: string, second: string, escapeChar: string): boolean {
  const show = (word: string) => expandWord(word, (name) => `<${name}>`, escapeChar);
  const [one, other] = [show(first), show(second)];
  return one.text !== undefined && one.text === other.text;
}
