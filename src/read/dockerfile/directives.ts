import type { Fault } from '../../vocabulary/fault.ts';
import { isSpace, skipSpace, trimSpaceEnd } from './space.ts';
import type { Directive } from './tree.ts';

const known: ReadonlySet<string> = new Set(['syntax', 'escape', 'check']);

/** The top of a Dockerfile, where comments of the form `# name=value` are directives. */
export class DirectiveZone {
  readonly directives: Directive[] = [];
  escape: '\\' | '`' = '\\';
  #open = true;
  readonly #file: string;
  readonly #text: string;
  readonly #faults: Fault[];

  constructor(file: string, text: string, faults: Fault[]) {
    this.#file = file;
    this.#text = text;
    this.#faults = faults;
  }

  /** A blank line, an instruction, another comment or an unknown directive ends the zone for good. */
  close(): void {
    this.#open = false;
  }

  /** Takes the comment line `start..end` (at its `#`) when it is a directive; false when it is a plain comment. */
  take(start: number, end: number): boolean {
    if (!this.#open) return false;
    const found = nameAndValue(this.#text, start + 1, end);
    if (!found || !known.has(found.name)) {
      this.#open = false;
      return false;
    }
    const directive: Directive = { ...found, span: { file: this.#file, start, end } };
    const { name, value, span } = directive;
    if (this.directives.some((earlier) => earlier.name === name)) {
      const message = `Only one ${name} directive may stand at the top of a Dockerfile`;
      this.#faults.push({ code: 'duplicate-directive', message, span, refused: true });
      return true;
    }
    this.directives.push(directive);
    if (name === 'escape') {
      if (value === '\\' || value === '`') this.escape = value;
      else {
        const message = 'The escape directive must be a backslash or a backtick';
        this.#faults.push({ code: 'invalid-escape-directive', message, span, refused: true });
      }
    }
    return true;
  }
}

/** `name = value`, the name in lower case. White space inside the value stays. */
function nameAndValue(text: string, start: number, end: number): { name: string; value: string } | undefined {
  const from = skipSpace(text, start, end);
  let nameEnd = from;
  while (nameEnd < end && isNameCode(text.charCodeAt(nameEnd), nameEnd > from)) nameEnd++;
  const equals = skipSpace(text, nameEnd, end);
  if (nameEnd === from || text[equals] !== '=' || equals >= end) return undefined;
  const valueEnd = trimSpaceEnd(text, equals + 1, end);
  // `# escape= ` has a value to BuildKit: its last blank.
  const valueStart = valueEnd === equals + 1 ? Math.max(equals + 1, end - 1) : skipSpace(text, equals + 1, valueEnd);
  const value = text.slice(valueStart, Math.max(valueEnd, Math.min(end, valueStart + 1)));
  return value === '' ? undefined : { name: text.slice(from, nameEnd).toLowerCase(), value };
}

function isNameCode(code: number, digits: boolean): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (digits && code >= 48 && code <= 57);
}

/**
 * The frontend a file asks for, as BuildKit detects it before it chooses a parser: `# syntax=…`, the same after a
 * `#!` line, with `//`, or in a JSON object. `image` is the value up to its first blank, `value` all of it.
 */
export function detectSyntax(source: string): { image: string; value: string; line: number } | undefined {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  const shebang = text.startsWith('#!');
  const newline = text.indexOf('\n');
  const body = !shebang ? text : newline === -1 ? '' : text.slice(newline + 1);
  const found = syntaxAfter('#', body) ?? syntaxAfter('//', body) ?? syntaxInJson(body);
  if (!found) return undefined;
  const [image = ''] = found.value.split(' ', 1);
  return { image, value: found.value, line: found.line + (shebang ? 1 : 0) };
}

function syntaxAfter(prefix: string, text: string): { value: string; line: number } | undefined {
  const seen = new Set<string>();
  let start = 0;
  for (let line = 1; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    let end = newline === -1 ? text.length : newline;
    if (newline !== -1 && text[end - 1] === '\r') end--;
    if (!text.startsWith(prefix, start)) return undefined;
    const found = nameAndValue(text, start + prefix.length, end);
    if (!found || !known.has(found.name) || seen.has(found.name)) return undefined;
    if (found.name === 'syntax') return { value: found.value, line };
    seen.add(found.name);
    start = newline === -1 ? text.length : newline + 1;
  }
  return undefined;
}

function syntaxInJson(text: string): { value: string; line: number } | undefined {
  let at = 0;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  if (text[at] !== '{') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('syntax' in value)) return undefined;
    return typeof value.syntax === 'string' ? { value: value.syntax, line: 0 } : undefined;
  } catch {
    // Not JSON, so it names no frontend.
    return undefined;
  }
}
