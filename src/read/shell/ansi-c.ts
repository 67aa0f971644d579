const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/**
 * Decodes one escape of `$'…'`, `at` being its backslash: the text it stands for, and the offset after it. An unknown
 * escape keeps its backslash. https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
 */
export function readAnsiEscape(text: string, at: number): { text: string; next: number } {
  const letter = text[at + 1] ?? '';
  if (Object.hasOwn(simple, letter)) return { text: simple[letter] as string, next: at + 2 };
  const rest = text.slice(at + 1, at + 10);
  const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
  if (octal) return { text: String.fromCharCode(Number.parseInt(octal, 8) & 255), next: at + 1 + octal.length };
  const hex = /^(?:x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8})/.exec(rest)?.[0];
  if (hex) {
    const code = Number.parseInt(hex.slice(1), 16);
    return { text: code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD', next: at + 1 + hex.length };
  }
  if (letter === 'c' && rest.length > 1) return { text: String.fromCharCode(rest.charCodeAt(1) & 31), next: at + 3 };
  return { text: `\\${letter}`, next: at + 1 + letter.length };
}
