import { cellsOf, cellsOfCharacter } from './cells.ts';

/**
 * Breaks a text into lines of at most `cells` terminal cells, at blanks. A word longer than a line is broken anywhere,
 * except an address, which people copy and click; in a column of a table (`keepsAddresses` false) that too.
 */
export function wrap(text: string, cells: number, keepsAddresses = true): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text
    .split(' ')
    .filter((part) => part !== '')
    .flatMap((part) => breakWord(part, cells, keepsAddresses))) {
    const size = cellsOf(word);
    if (used > 0 && used + 1 + size > cells) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line = used > 0 ? `${line} ${word}` : word;
    used += used > 0 ? size + 1 : size;
  }
  if (used > 0 || lines.length === 0) lines.push(line);
  return lines;
}

/** Behind a slash, comma or the like where one stands in the second half of the line, else anywhere. */
function breakWord(word: string, cells: number, keepsAddresses: boolean): string[] {
  if (cellsOf(word) <= cells || (keepsAddresses && /^https?:\/\//.test(word))) return [word];
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of word) {
    const size = cellsOfCharacter(character);
    if (used + size > cells) {
      const joint = lastJoint(piece);
      const kept = joint * 2 >= piece.length ? joint : piece.length;
      pieces.push(piece.slice(0, kept));
      piece = piece.slice(kept);
      used = cellsOf(piece);
    }
    piece += character;
    used += size;
  }
  pieces.push(piece);
  return pieces;
}

/** The offset behind the last character that parts a path, a list or an image name; 0 where there is none. */
function lastJoint(text: string): number {
  return Math.max(...['/', ',', ';', ':', '=', '&'].map((sign) => text.lastIndexOf(sign))) + 1;
}

/** As `wrap`, each line behind `indent` blanks; the text gets 20 cells at least, however far in it stands. */
export function indented(text: string, indent: number, cells: number): string[] {
  return wrap(text, Math.max(20, cells - indent)).map((line) => ' '.repeat(indent) + line);
}
