export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** A strict reader of the XML 1.0 that needs no DTD: throws at the first thing that is not well-formed. */
export function parseXml(xml: string): Element {
  // 2.2: what a document may hold at all.
  const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.exec(xml);
  if (illegal) throw new Error(`U+${illegal[0].codePointAt(0)?.toString(16)} is no character of XML`);
  const body = xml.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '');
  const token = /<\/([a-z-]+)>|<([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  while (token.lastIndex < body.length) {
    const at = token.lastIndex;
    const match = token.exec(body);
    if (!match) throw new Error(`not well-formed at ${at}: ${body.slice(at, at + 60)}`);
    const [, end, start, attributes = '', selfClosing, text] = match;
    const parent = open.at(-1) as Element;
    if (text !== undefined) parent.text += plain(text);
    else if (end !== undefined) {
      if (parent.name !== end) throw new Error(`</${end}> closes <${parent.name}>`);
      open.pop();
    } else if (start !== undefined) {
      const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name, value]) => [
        name,
        plain(value ?? ''),
      ]);
      if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error(`an attribute twice in <${start}>`);
      const element = { name: start, attributes: Object.fromEntries(pairs), children: [], text: '' };
      parent.children.push(element);
      if (selfClosing === '') open.push(element);
    }
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name}> is not closed`);
  if (root.children.length !== 1 || root.text.trim() !== '') throw new Error('not one root element');
  return root.children[0] as Element;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(/&([^;]*;?)/g, (_, name: string) => {
    const found = name.endsWith(';') ? entities[name.slice(0, -1)] : undefined;
    if (found === undefined) throw new Error(`&${name.slice(0, 20)} is no entity`);
    return found;
  });
}
