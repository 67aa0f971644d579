import { Code } from './chars.ts';

/**
 * Whether `((` begins arithmetic is only known at its end: `((a) + 1))` ends in `))`, `((a); b)` does not. Looks from
 * just after the `((` and returns where the `))` stands, or -1, and how many characters were looked at.
 */
export function arithmeticEnd(text: string, from: number, end: number): { close: number; looked: number } {
  let open = 0;
  let at = from;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === Code.open) {
      open++;
    } else if (code === Code.close) {
      if (open > 0) open--;
      else return { close: at + 1 < end && text.charCodeAt(at + 1) === Code.close ? at : -1, looked: at - from + 1 };
    } else if (code === Code.backslash) {
      at++;
    } else if (code === Code.singleQuote || code === Code.doubleQuote) {
      at++;
      while (at < end && text.charCodeAt(at) !== code) {
        if (code === Code.doubleQuote && text.charCodeAt(at) === Code.backslash) at++;
        at++;
      }
    }
  }
  return { close: -1, looked: end - from };
}
