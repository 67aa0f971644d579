// Control characters would move the cursor or repaint the terminal; direction marks reorder a line before the reader's
// eyes (CVE-2021-42574, "Trojan Source"); the rest is invisible. Joiners stay: words and emoji are written with them.
const unsafe = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;

const named = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

// What `\p{…}` stands for takes V8 a millisecond to look up, and most texts are plain.
const plain = /^[\x20-\x7e]*$/;

/** The text with everything escaped that a terminal would act on, or not show: `\x1b`, `\u202e`, `\n`. */
export function visible(text: string): string {
  return plain.test(text) ? text : text.replace(unsafe, escapeCharacter);
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) as number;
  const hex = code.toString(16);
  return (
    named.get(character) ??
    (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`)
  );
}
