/** What a type text of a row accepts: `mapping<string|number> | list<string>`. */
export interface Accepts {
  readonly kinds: readonly Kind[];
  /** What elements of a list may be, where the type says so. */
  readonly items?: Accepts;
  /** `set<…>`: a list whose elements must differ. */
  readonly distinct?: true;
  /** What values of a mapping may be, where the type says so. */
  readonly values?: Accepts;
}

export type Kind = 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'mapping' | 'list';

export function parseType(text: string): Accepts {
  const kinds: Kind[] = [];
  let items: Accepts | undefined;
  let values: Accepts | undefined;
  let distinct = false;
  for (const part of alternatives(text)) {
    const open = part.indexOf('<');
    const written = (open === -1 ? part : part.slice(0, open)).trim();
    const name = (written === 'set' ? 'list' : written) as Kind;
    if (written === 'set') distinct = true;
    kinds.push(name);
    if (open === -1) continue;
    const inner = parseType(part.slice(open + 1, part.lastIndexOf('>')));
    if (name === 'list') items = inner;
    else values = inner;
  }
  return { kinds, ...(items ? { items } : {}), ...(values ? { values } : {}), ...(distinct ? { distinct } : {}) };
}

function alternatives(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '<') depth += 1;
    else if (char === '>') depth -= 1;
    else if (char === '|' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}
