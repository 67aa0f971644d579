/** What a piece of text is, not what colour it has: the colours are chosen here and nowhere else. */
export type Style = 'critical' | 'high' | 'medium' | 'low' | 'strong' | 'faint' | 'pass' | 'fail' | 'open' | 'advice';

export type Paint = (style: Style, text: string) => string;

// Only the 16 colours every terminal has, and none that vanishes on a light or a dark ground (no white, no black).
const codes: Readonly<Record<Style, string>> = {
  critical: '1;31',
  high: '31',
  medium: '33',
  low: '36',
  strong: '1',
  faint: '2',
  pass: '32',
  fail: '31',
  open: '33',
  advice: '32',
};

/**
 * Paints with ANSI codes, or not at all. Not `util.styleText`: from Node 22.13 on it looks at stdout and the environment
 * by itself, and whether there is colour is the caller's to say. Each piece is closed by itself; pieces do not nest.
 */
export function paintWith(color: boolean): Paint {
  if (!color) return (_style, text) => text;
  return (style, text) => (text === '' ? '' : `\u001b[${codes[style]}m${text}\u001b[0m`);
}
