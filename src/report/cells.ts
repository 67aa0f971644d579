const printableAscii = /^[\x20-\x7e]*$/;

const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

// East Asian Wide and Fullwidth by block (Unicode TR 11), and what is shown as an emoji by default.
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18dff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u;

/** How many cells of a terminal the text takes; it must be free of control characters. */
export function cellsOf(text: string): number {
  if (printableAscii.test(text)) return text.length;
  let cells = 0;
  for (const character of text) cells += cellsOfCharacter(character);
  return cells;
}

export function cellsOfCharacter(character: string): 0 | 1 | 2 {
  if (character < '\u0300' || isLineOrDash(character)) return 1;
  if (zeroWidth.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** What our own pages are drawn with; the patterns take V8 some milliseconds at the first character they see. */
function isLineOrDash(character: string): boolean {
  return (character >= '\u2500' && character <= '\u257f') || (character >= '\u2010' && character <= '\u2027');
}

/** Padded with blanks on the right, to stand in a column. */
export function padCells(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - cellsOf(text)));
}
