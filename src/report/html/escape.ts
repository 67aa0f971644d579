import { visible } from '../visible.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Any text made fit to stand in HTML, between tags or in a quoted attribute; what would not show is spelled out. */
export function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character] as string);
}

/** An address for `href`: empty unless it is a web page's, so that no rule can bring in `javascript:`. */
export function webAddress(address: string): string {
  return /^https?:\/\/[^\s"'<>]+$/.test(address) ? escaped(address) : '';
}
