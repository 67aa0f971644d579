/** Real messages stay below 300 characters; this is for names of thousands, which a terminal would drown in. */
const longestMessage = 1_000;
const longestName = 200;

/** The message with what is endless in it cut, so that the sentence around it is still read. */
export function shortened(message: string): string {
  if (message.length <= longestMessage) return message;
  const readable = message.replace(/[^\s"]+/g, (word) => (word.length > longestName ? cut(word, longestName) : word));
  return cut(readable, longestMessage);
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  // Not through the middle of a character of two units.
  return `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
