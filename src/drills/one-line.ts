/** Words of a program as part of a sentence: in one line, and not endless. */
export function oneLine(text: string, most = 200): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
