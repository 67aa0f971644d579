import type { Project } from '../model/project.ts';
import { normalizePath } from '../read/paths.ts';
import { SourceText } from '../read/text.ts';
import type { Fact } from '../vocabulary/fact.ts';
import type { Place } from '../vocabulary/finding.ts';
import type { Edit } from '../vocabulary/fix.ts';
import type { Span } from '../vocabulary/span.ts';

/** Turns spans into lines and columns; a Dockerfile inside a Compose file is pointed at where it stands there. */
export class Places {
  readonly #project: Project;
  readonly #prefix: string;
  readonly #empty = new Map<string, SourceText>();

  constructor(project: Project, prefix = '') {
    this.#project = project;
    this.#prefix = prefix;
  }

  /** A path of the project as the verdict shows it. */
  named(file: string): string {
    if (file === '') return '';
    // A configuration that the command line names may lie outside the project.
    return file.startsWith('../') ? normalizePath(this.#prefix + file) : this.#prefix + file;
  }

  /** The path in the project that is shown so. */
  unnamed(shown: string): string {
    return shown.startsWith(this.#prefix) ? shown.slice(this.#prefix.length) : shown;
  }

  /** Whether it is a Dockerfile inside a Compose file. */
  isInline(file: string): boolean {
    return this.#project.inline.has(file);
  }

  /** Where such a Dockerfile stands, all of it. */
  wholeInline(file: string): Place {
    return this.place(this.#project.inline.get(file) ?? { file, start: 0, end: 0 });
  }

  place(span: Span): Place {
    const outer = this.#project.inline.get(span.file);
    if (outer) return this.#inlinePlace(span, outer);
    const source = this.#source(span.file);
    return {
      file: this.named(span.file),
      span: { start: source.positionAt(span.start), end: source.positionAt(Math.max(span.start, span.end)) },
    };
  }

  /** Edits of the project's files as edits of those that are shown; undefined where one cannot be carried over. */
  edits(edits: readonly Edit[]): Edit[] | undefined {
    const carried: Edit[] = [];
    for (const { span, text } of edits) {
      const outer = this.#project.inline.get(span.file);
      const edit = outer ? this.#inlineEdit({ span, text }, outer) : { span, text };
      if (!edit) return undefined;
      carried.push({ ...edit, span: { ...edit.span, file: this.named(edit.span.file) } });
    }
    return carried;
  }

  /** `compose.yaml:12` */
  lineOf(span: Span): string {
    const { file, span: at } = this.place(span);
    return `${file}:${at.start.line}`;
  }

  /** Where a fact is known from, for people. */
  originOf(fact: Fact<unknown>): string {
    switch (fact.from.kind) {
      case 'file':
        return this.lineOf(fact.from.span);
      case 'base-image':
        return `${fact.from.image} (base image)`;
      case 'docker-default':
        return `Docker's default (${fact.from.because})`;
    }
  }

  /** Only in a literal block, whose lines stand as they are; new lines get its indentation, `$` is doubled. */
  #inlineEdit({ span, text }: Edit, outer: Span): Edit | undefined {
    const inner = this.#source(span.file);
    const source = this.#source(outer.file);
    if (!source.text.startsWith('|', outer.start)) return undefined;
    const indent = blockIndent(inner, source, source.positionAt(outer.start).line + 1);
    const { start, end } = this.#inlinePlace(span, outer).span;
    const written = source.text.slice(start.offset, end.offset);
    if (!isFaithful(written, inner.text.slice(span.start, span.end), indent)) return undefined;
    // At the start of a line the block's indentation is already there, and must be there again behind what is added.
    const lines = text.replaceAll('$', '$$$$').split('\n');
    const padded = lines.map((line, index) =>
      index === 0 || (line === '' && index < lines.length - 1) ? line : ' '.repeat(indent) + line,
    );
    return { span: { file: outer.file, start: start.offset, end: end.offset }, text: padded.join('\n') };
  }

  #source(file: string): SourceText {
    const known = this.#project.sources.get(file) ?? this.#empty.get(file);
    if (known) return known;
    const empty = new SourceText(file, '');
    this.#empty.set(file, empty);
    return empty;
  }

  /** A literal block keeps its lines; only its indentation is taken off. Other styles are pointed at as a whole. */
  #inlinePlace(span: Span, outer: Span): Place {
    const inner = this.#source(span.file);
    const source = this.#source(outer.file);
    const header = source.text.slice(outer.start, outer.end);
    if (!header.startsWith('|')) return this.place(outer);
    const firstLine = source.positionAt(outer.start).line + 1;
    const indent = blockIndent(inner, source, firstLine);
    const point = (offset: number, isEnd = false) => {
      const { line, column } = inner.positionAt(offset);
      const number = firstLine + line - 1;
      const written = source.line(number).slice(indent);
      const at = writtenColumn(written, inner.line(line), column - 1) ?? (isEnd ? written.length : 0);
      return source.positionAt(lineStart(source, number) + indent + at);
    };
    return { file: this.named(outer.file), span: { start: point(span.start), end: point(span.end, true) } };
  }
}

/** The text between two places of a block as it is written, when it is that of the edit. */
function isFaithful(written: string, inner: string, indent: number): boolean {
  const lines = written
    .split('\n')
    .map((line, index) => (index === 0 ? line : line.slice(Math.min(indent, line.search(/\S|$/)))));
  return lines.join('\n').replaceAll('$$', '$') === inner;
}

/** What the block's lines are indented by: the first line with text tells. */
function blockIndent(inner: SourceText, source: SourceText, firstLine: number): number {
  for (let line = 1; line <= inner.lineCount; line++) {
    const text = inner.line(line);
    if (text.trim() !== '') return source.line(firstLine + line - 1).search(/\S/) - text.search(/\S/);
  }
  return 0;
}

/** Where a column of the text stands in the line as written, `$$` for `$`; undefined where a variable was put in. */
function writtenColumn(written: string, text: string, column: number): number | undefined {
  if (written.replaceAll('$$', '$') !== text) return undefined;
  let at = 0;
  for (let seen = 0; seen < column; seen++) at += written.startsWith('$$', at) ? 2 : 1;
  return at;
}

function lineStart(source: SourceText, line: number): number {
  let low = 0;
  let high = source.text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (source.positionAt(middle).line < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
