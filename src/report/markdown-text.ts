import { visible } from './visible.ts';

/** Characters of Markdown: no single message, path or name may take the whole page. */
const longest = 400;

/**
 * Text that Markdown leaves alone, also in a table cell and in HTML: what has a meaning is written as a character
 * reference (CommonMark 0.31, 2.5: those never stand for structure). GitHub looks for `@name`, `#1` and addresses in
 * the rendered text, so they are broken by an empty comment.
 */
export function escapeMarkdown(text: string): string {
  const from = visible(text);
  let told = '';
  let at = 0;
  for (const character of from) {
    const piece = escaped(character, from, at);
    if (told.length + piece.length > longest) return `${told}…`;
    told += piece;
    at += character.length;
  }
  return told;
}

const broken = '<!-- -->';

function escaped(character: string, from: string, at: number): string {
  if (/[\\`*_{}[\]<>|~&$]/.test(character)) return `&#${character.charCodeAt(0)};`;
  if (character === '@') return `@${broken}`;
  if (character === '#') return `#${broken}`;
  if (character === ':' && from.startsWith('//', at + 1)) return `:${broken}`;
  if (character === '.' && /www$/i.test(from.slice(Math.max(0, at - 3), at))) return `${broken}.`;
  if (character === '-' && /gh$/i.test(from.slice(Math.max(0, at - 2), at))) return `${broken}-`;
  return character;
}
