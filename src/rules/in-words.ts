/** `gcc`, `gcc and make`, `gcc, make and 3 more`. */
export function listed(names: readonly string[], most = 3): string {
  const distinct = [...new Set(names)];
  const shown = distinct.length <= most + 1 ? distinct : distinct.slice(0, most);
  const rest = distinct.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
