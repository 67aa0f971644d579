import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Parser,
  type Range,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Fault } from '../../vocabulary/fault.ts';
import type { Span } from '../../vocabulary/span.ts';
import { SourceText } from '../text.ts';
import { resolvePlain } from './resolve-scalar.ts';
import type { YamlEntry, YamlFile, YamlList, YamlMap, YamlNode, YamlScalar } from './tree.ts';

/** Deeper nesting is refused: go-yaml stops at 10,000, and no real file passes 30. Keeps every recursion bounded. */
const MAX_DEPTH = 500;
/** Nodes that aliases may stand for, all together: a "billion laughs" file is refused, not expanded. */
const MAX_ALIASED_NODES = 250_000;
/** Compose ends at the first; what one sign too many makes of a long line, nobody reads. */
const MOST_SYNTAX_FAULTS = 100;

/**
 * Reads YAML as Compose does. Never throws: what cannot be read is a fault, and what could be read is returned.
 * The only file that imports the `yaml` package.
 */
export function parseYaml(text: string, file: string): YamlFile {
  const source = new SourceText(file, text);
  const faults: Fault[] = [];
  const comments: { text: string; span: Span }[] = [];
  const documents: (YamlNode | undefined)[] = [];
  try {
    const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', merge: false });
    for (const document of composer.compose(
      tap(new Parser().parse(text), source, comments, faults),
      false,
      text.length,
    ))
      documents.push(new Conversion(source, faults).document(document));
  } catch (error) {
    // The library recurses on nesting and throws RangeError; anything else it throws is no better for the user.
    const why = error instanceof RangeError ? 'is nested too deeply' : 'cannot be read as YAML';
    faults.push({ code: 'yaml-unreadable', message: `this file ${why}`, span: source.span(0, 0), refused: true });
  }
  return { file, text, documents, comments, faults };
}

/** Collects comments from the tokens on their way to the composer, and stops them where they nest too deeply. */
function* tap(
  tokens: Iterable<CST.Token>,
  source: SourceText,
  comments: { text: string; span: Span }[],
  faults: Fault[],
): Iterable<CST.Token> {
  let errors = 0;
  for (const token of tokens) {
    // Each becomes an error with a stack: 40,000 stray braces took a second. The first hundred say enough.
    if (token.type === 'error' && ++errors > MOST_SYNTAX_FAULTS) continue;
    const tooDeep = walk(token, (comment) => {
      const end = comment.offset + comment.source.length;
      comments.push({ text: comment.source.replace(/^#/, '').trim(), span: source.span(comment.offset, end) });
    });
    if (tooDeep === undefined) yield token;
    else {
      faults.push({
        code: 'yaml-too-deep',
        message: `nested deeper than ${MAX_DEPTH} levels`,
        span: source.span(tooDeep, tooDeep + 1),
        refused: true,
      });
    }
  }
  comments.sort((a, b) => a.span.start - b.span.start);
}

/** Visits comments without recursion; gives the offset where nesting passes the limit. */
function walk(root: CST.Token, onComment: (token: CST.SourceToken) => void): number | undefined {
  const stack: { token: CST.Token; depth: number }[] = [{ token: root, depth: 0 }];
  const push = (token: CST.Token | null | undefined, depth: number) => {
    if (token) stack.push({ token, depth });
  };
  for (let at = stack.pop(); at; at = stack.pop()) {
    const { token, depth } = at;
    if (depth > MAX_DEPTH) return token.offset;
    if (token.type === 'comment') {
      onComment(token as CST.SourceToken);
      continue;
    }
    if ('start' in token && Array.isArray(token.start)) for (const part of token.start) push(part, depth);
    if ('end' in token && Array.isArray(token.end)) for (const part of token.end) push(part, depth);
    if ('props' in token) for (const part of token.props) push(part, depth);
    if ('value' in token) push(token.value, depth);
    if ('items' in token) {
      for (const item of token.items) {
        for (const part of item.start) push(part, depth);
        if (item.sep) for (const part of item.sep) push(part, depth);
        push(item.key, depth + 1);
        push(item.value, depth + 1);
      }
    }
  }
  return undefined;
}

interface Anchored {
  /** Undefined while the anchor's own node is still being read. */
  readonly node: YamlNode | undefined;
  /** How many nodes it stands for, aliases inside it expanded. */
  readonly size: number;
}

type LibraryNode = Alias | Scalar | YAMLMap | YAMLSeq;

/** One document of the library, turned into our tree. */
class Conversion {
  readonly #source: SourceText;
  readonly #faults: Fault[];
  readonly #anchors = new Map<string, Anchored>();
  #size = 0;
  #aliased = 0;

  constructor(source: SourceText, faults: Fault[]) {
    this.#source = source;
    this.#faults = faults;
  }

  document(document: Document.Parsed): YamlNode | undefined {
    let told = 0;
    for (const error of document.errors) {
      if (told === MOST_SYNTAX_FAULTS) break;
      // `image: "x"# why`: against the specification, but go-yaml takes it.
      if (error.message.startsWith('Comments must be separated')) continue;
      this.#fault('yaml-syntax', firstLine(error.message), this.#source.span(error.pos[0], error.pos[1]));
      told++;
    }
    const contents: unknown = document.contents;
    if (contents === null || contents === undefined) return undefined;
    const node = this.#node(contents, '', document.range[0]);
    const nothing = node.kind === 'scalar' && node.value === null && node.source === '' && node.tag === undefined;
    return nothing ? undefined : node;
  }

  #fault(code: string, message: string, span: Span): void {
    this.#faults.push({ code, message, span, refused: true });
  }

  #node(from: unknown, path: string, fallback: number): YamlNode {
    this.#size += 1;
    if (isAlias(from)) return this.#alias(from);
    const library = from as LibraryNode;
    const anchor = isScalar(from) || isMap(from) || isSeq(from) ? from.anchor : undefined;
    const before = this.#size;
    if (anchor) this.#anchors.set(anchor, { node: undefined, size: 0 });
    const node = isMap(from)
      ? this.#map(from, path)
      : isSeq(from)
        ? this.#list(from, path)
        : isScalar(from)
          ? this.#scalar(from, fallback)
          : nothingAt(this.#source, library?.range?.[0] ?? fallback);
    if (anchor) this.#anchors.set(anchor, { node, size: this.#size - before + 1 });
    return node;
  }

  #alias(from: Alias): YamlNode {
    const span = this.#span(from.range, 0);
    const target = this.#anchors.get(from.source);
    if (!target) {
      this.#fault('unknown-anchor', `unknown anchor '${from.source}' referenced`, span);
      return nothingAt(this.#source, span.start);
    }
    if (!target.node) {
      this.#fault('alias-cycle', `anchor '${from.source}' value contains itself`, span);
      return nothingAt(this.#source, span.start);
    }
    this.#size += target.size;
    this.#aliased += target.size;
    if (this.#aliased > MAX_ALIASED_NODES) {
      if (this.#aliased - target.size <= MAX_ALIASED_NODES)
        this.#fault('yaml-excessive-aliasing', 'document contains excessive aliasing', span);
      return nothingAt(this.#source, span.start);
    }
    return { ...target.node, alias: span };
  }

  #map(from: YAMLMap, path: string): YamlMap {
    const span = this.#span(from.range, 0);
    const entries = new Map<string, YamlEntry>();
    const merges: { value: YamlNode; span: Span }[] = [];
    let end = span.start;
    for (const pair of from.items) {
      const key: unknown = pair.key;
      const keySpan = this.#span(
        isScalar(key) || isMap(key) || isSeq(key) || isAlias(key) ? key.range : undefined,
        end,
      );
      const name = this.#key(key, keySpan, path);
      const value = this.#node(pair.value, path === '' ? (name ?? '') : `${path}.${name}`, keySpan.end);
      end = Math.max(end, keySpan.end, (value.alias ?? value.span).end);
      if (name === undefined) continue;
      if (name === '<<' && isMergeKey(key)) {
        merges.push({ value, span: keySpan });
        continue;
      }
      const earlier = entries.get(name);
      if (earlier) {
        const line = this.#source.positionAt(earlier.keySpan.start).line;
        this.#fault('duplicate-key', `mapping key ${JSON.stringify(name)} already defined at line ${line}`, keySpan);
        // The last one wins, at the place of the first.
      }
      entries.set(name, { key: name, keySpan, value });
    }
    for (const { value, span: at } of merges) this.#merge(entries, value, at);
    // A block mapping's own range runs on over the comments that follow it.
    const finish = from.flow ? span.end : end;
    return { kind: 'map', span: { ...span, end: finish }, entries, ...customTag(from.tag) };
  }

  /** `<<`: a mapping, or a list of them, of which earlier ones win; explicit keys always win. */
  #merge(entries: Map<string, YamlEntry>, value: YamlNode, at: Span): void {
    const sources = value.kind === 'list' ? value.items : [value];
    for (const source of sources) {
      if (source.kind !== 'map') {
        this.#fault('yaml-bad-merge', 'map merge requires map or sequence of maps as the value', at);
        return;
      }
      for (const [name, entry] of source.entries) if (!entries.has(name)) entries.set(name, entry);
    }
  }

  #key(key: unknown, span: Span, path: string): string | undefined {
    let scalar: YamlNode | undefined;
    if (isScalar(key)) {
      scalar = this.#scalar(key, span.start);
      if (key.anchor) this.#anchors.set(key.anchor, { node: scalar, size: 1 });
    } else if (isAlias(key)) scalar = this.#alias(key);
    if (scalar?.kind === 'scalar') {
      if (typeof scalar.value === 'string') return scalar.value;
      // Compose's own words (`convertToStringKeysRecursive`).
      this.#fault(
        'non-string-key',
        `non-string key ${path === '' ? 'at top level' : `in ${path}`}: ${shown(scalar)}`,
        span,
      );
      return undefined;
    }
    this.#fault('non-string-key', `non-string key ${path === '' ? 'at top level' : `in ${path}`}`, span);
    return undefined;
  }

  #list(from: YAMLSeq, path: string): YamlList {
    const span = this.#span(from.range, 0);
    let end = span.start;
    const items = from.items.map((item, index) => {
      const node = this.#node(item, `${path}[${index}]`, end);
      end = Math.max(end, (node.alias ?? node.span).end);
      return node;
    });
    return {
      kind: 'list',
      span: { ...span, end: from.flow ? span.end : Math.max(end, span.start + 1) },
      items,
      ...customTag(from.tag),
    };
  }

  #scalar(from: Scalar, fallback: number): YamlScalar {
    const text = typeof from.value === 'string' ? from.value : '';
    const style = STYLES[from.type ?? 'PLAIN'] ?? 'plain';
    let span = this.#span(from.range, fallback);
    if (style === 'plain' && text === '') span = this.#source.span(fallback, fallback);
    if (style === 'literal' || style === 'folded') span = { ...span, end: trimmedEnd(this.#source.text, span) };
    return { kind: 'scalar', value: this.#value(from, text, style), source: text, style, span, ...customTag(from.tag) };
  }

  #value(from: Scalar, text: string, style: YamlScalar['style']): YamlScalar['value'] {
    switch (from.tag) {
      case 'tag:yaml.org,2002:str':
      case 'tag:yaml.org,2002:binary':
        // The failsafe schema gives every plain scalar this tag, so look whether it was written.
        return style !== 'plain' || written(from, this.#source.text) ? text : resolvePlain(text);
      case 'tag:yaml.org,2002:int':
      case 'tag:yaml.org,2002:float':
      case 'tag:yaml.org,2002:bool':
      case 'tag:yaml.org,2002:null':
        return resolvePlain(text);
      default:
        return style === 'plain' ? resolvePlain(text) : text;
    }
  }

  #span(range: Range | null | undefined, fallback: number): Span {
    return range ? this.#source.span(range[0], range[1]) : this.#source.span(fallback, fallback);
  }
}

const STYLES: Readonly<Record<string, YamlScalar['style']>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && (key.type ?? 'PLAIN') === 'PLAIN';
}

/** Tags of YAML itself only say how to read a scalar; others (`!reset`, `!override`) are Compose's to judge. */
function customTag(tag: string | undefined): { tag?: string } {
  return tag === undefined || tag === '!' || tag.startsWith('tag:yaml.org,2002:') ? {} : { tag };
}

/** Whether `!!str` stands before the scalar (perhaps with an anchor between them). */
function written(from: Scalar, text: string): boolean {
  const start = from.range?.[0] ?? 0;
  return /!!(?:str|binary)\s+(?:&\S+\s+)?$/.test(text.slice(Math.max(0, start - 100), start));
}

function nothingAt(source: SourceText, offset: number): YamlScalar {
  return { kind: 'scalar', value: null, source: '', style: 'plain', span: source.span(offset, offset) };
}

function shown(scalar: YamlScalar): string {
  return scalar.value === null ? '<nil>' : String(scalar.value);
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '');
}

/** The end of a block scalar, without the line end that closes it. */
function trimmedEnd(text: string, span: Span): number {
  let end = span.end;
  while (end > span.start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1;
  return end;
}
