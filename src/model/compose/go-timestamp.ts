import type { YamlNode } from '../../read/yaml/tree.ts';
import { mapItems, mapValues } from './tree-build.ts';

const DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt]| )(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9})\d*)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * A plain scalar that go-yaml takes for a time (`2024-01-02`), as Go prints one: so it stands in labels and variables
 * that Compose makes of it. Measured with Compose 2.26: `RELEASED: 2024-01-02` becomes `2024-01-02 00:00:00 +0000 UTC`.
 */
export function goTimestamp(text: string): string | undefined {
  const match = DAY.exec(text) ?? TIME.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  // In Go, a zone follows the T, and nothing follows a blank.
  if (text.includes('T') || text.includes('t') ? match[8] === undefined : match[8] !== undefined) return undefined;
  const [monthNumber, dayNumber] = [Number(month), Number(day)];
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(Number(year), monthNumber - 1, dayNumber);
  if (date.getUTCMonth() !== monthNumber - 1 || date.getUTCDate() !== dayNumber) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const two = (part: string | undefined) => String(Number(part)).padStart(2, '0');
  const rest = fraction.replace(/0+$/, '');
  const clock = `${two(hour)}:${two(minute)}:${two(second)}${rest ? `.${rest}` : ''}`;
  const offset = zone.replace(':', '');
  const place = zone === 'Z' || /^[+-]0000$/.test(offset) ? '+0000 UTC' : `${offset} ${offset}`;
  return `${year}-${two(month)}-${two(day)} ${clock} ${place}`;
}

const maybe = /\d{4}-\d/;

/** The document with such times as Go prints them; what extensions (`x-…`) hold is not Compose's. `text`: of the file. */
export function withGoTimestamps(document: YamlNode | undefined, text: string): YamlNode | undefined {
  return document && maybe.test(text) ? converted(document) : document;
}

function converted(node: YamlNode): YamlNode {
  if (node.kind === 'map') return mapValues(node, (value, key) => (key.startsWith('x-') ? value : converted(value)));
  if (node.kind === 'list') return mapItems(node, converted);
  const time = node.style === 'plain' && typeof node.value === 'string' ? goTimestamp(node.value) : undefined;
  return time === undefined ? node : { ...node, value: time };
}
