export interface Words {
  readonly words: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  /** Where an operator (`;`, `|`, `&`, `<`, `>`) outside of quotes made Compose drop the rest without a word. */
  readonly droppedFrom?: number;
}

/**
 * A command string split into words as Compose does (go-shellwords, as compose-go calls it): quotes and backslashes,
 * no variables, no shell. Undefined where Compose refuses it: an open quote, backtick or `$(`, or a bare parenthesis.
 */
export function splitWords(line: string): Words | undefined {
  const words: { text: string; start: number; end: number }[] = [];
  let word = '';
  let begun: number | undefined;
  let closed = false;
  let escaped = false;
  let quote: '"' | "'" | '' = '';
  let backtick = false;
  let dollar = false;
  let droppedFrom: number | undefined;
  const take = (char: string, at: number) => {
    begun ??= at;
    closed = true;
    word += char;
  };
  const finish = (end: number) => {
    if (closed && begun !== undefined) words.push({ text: word, start: begun, end });
    word = '';
    begun = undefined;
    closed = false;
  };
  for (let at = 0; at < line.length; at++) {
    const char = line[at] as string;
    if (escaped) {
      take(char, at);
      escaped = false;
    } else if (char === '\\') {
      begun ??= at;
      // A backslash stands for itself between single quotes only.
      if (quote === "'") word += char;
      else escaped = true;
    } else if (char === ' ' || char === '\t' || char === '\r' || char === '\n') {
      if (quote || backtick || dollar) word += char;
      else finish(at);
    } else if ((char === '"' || char === "'") && !dollar && (quote === '' || quote === char)) {
      begun ??= at;
      if (quote) closed = true;
      quote = quote ? '' : char;
    } else if (char === '`' && !quote && !dollar) {
      backtick = !backtick;
      take(char, at);
    } else if (char === ')' && !quote && !backtick) {
      dollar = !dollar;
      take(char, at);
    } else if (char === '(' && !quote && !backtick) {
      if (dollar || !word.endsWith('$')) return undefined;
      dollar = true;
      word += char;
    } else if (OPERATORS.has(char) && !quote && !backtick && !dollar) {
      // `2>file`: the digit belongs to the redirection.
      if (char === '>' && /^\d/.test(word)) closed = false;
      droppedFrom = at;
      break;
    } else take(char, at);
  }
  if (escaped || quote || backtick || dollar) return undefined;
  finish(droppedFrom ?? line.length);
  return droppedFrom === undefined ? { words } : { words, droppedFrom };
}

const OPERATORS = new Set([';', '&', '|', '<', '>']);
