const named: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
  // The text is interpolated next, and `$$` is what stands for a dollar there.
  $: '$$',
};

/**
 * The escapes of a double-quoted env value, as compose-go: Go's one-letter ones, `\$`, and octal `\0123`. All others,
 * Go's `\x41` and `\u00e9` among them, stay as written. `\012` loses its zero and is then no escape, so `\12` stays.
 */
export function unescapeDoubleQuoted(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:[abcfnrtv$"\\]|0\d{0,3})/g, (written) => {
    if (written[1] !== '0') return named[written.charAt(1)] ?? written; // `\c` is matched, but Go knows no such escape
    const digits = written.slice(2);
    const code = /^[0-7]{3}$/.test(digits) ? Number.parseInt(digits, 8) : 256;
    return code < 256 ? String.fromCharCode(code) : `\\${digits}`;
  });
}
