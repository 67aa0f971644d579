import type { Fault } from '../../vocabulary/fault.ts';
import type { Span } from '../../vocabulary/span.ts';
import { DirectiveZone } from './directives.ts';
import { heredocMarkers, withoutLeadingTabs } from './heredoc.ts';
import { instructionTable } from './instruction-table.ts';
import { LogicalLine } from './logical-line.ts';
import { type Draft, readInstruction } from './read-instruction.ts';
import { skipSpace, trimSpaceEnd } from './space.ts';
import type { Comment, Heredoc, Instruction, Piece } from './tree.ts';

/** Go's bufio.Scanner, with which BuildKit reads, holds one line of at most this many bytes, its line end included. */
const MAX_LINE_BYTES = 65_536;
/** In characters; eight of the longest lines Docker reads. No person writes more, and words cost more than bytes. */
const MAX_INSTRUCTION = 512 * 1024;

interface PhysicalLine {
  readonly start: number;
  /** Without the line end; BuildKit drops every `\r` before the `\n`. */
  readonly end: number;
  /** With the line end. */
  readonly next: number;
}

interface JoinedLine {
  readonly line: LogicalLine;
  readonly comments: readonly Comment[];
  /** The end of the last physical line that belongs to it, blanks at its end left out. */
  readonly end: number;
}

/** Reads a Dockerfile line by line into pieces and instructions; the faults are those of BuildKit's parser. */
export class DockerfileReader {
  readonly pieces: Piece[] = [];
  readonly instructions: Instruction[] = [];
  readonly comments: Comment[] = [];
  readonly faults: Fault[] = [];
  readonly zone: DirectiveZone;
  readonly #file: string;
  readonly #text: string;
  #at = 0;
  #above: Comment[] = [];

  constructor(text: string, file: string) {
    this.#file = file;
    this.#text = text;
    this.zone = new DirectiveZone(file, text, this.faults);
  }

  read(): void {
    if (this.#text.charCodeAt(0) === 0xfeff) {
      this.#at = 1;
      this.#piece('bom', 0);
    }
    while (this.#at < this.#text.length) {
      const line = this.#nextLine();
      const first = skipSpace(this.#text, line.start, line.end);
      if (first === line.end) {
        this.zone.close();
        this.#above = [];
        this.#piece('blank', line.start);
      } else if (this.#text.charCodeAt(first) === 35) this.#readComment(line, first);
      else this.#readInstruction(line, first);
    }
    if (this.instructions.length === 0 && this.faults.every((fault) => fault.code !== 'empty-instruction')) {
      const message = 'The Dockerfile holds no instructions';
      this.faults.push({ code: 'no-instructions', message, span: this.#span(0, this.#text.length), refused: true });
    }
  }

  #readComment(line: PhysicalLine, first: number): void {
    if (this.zone.take(first, line.end)) {
      this.#piece('directive', line.start);
      return;
    }
    this.#above.push(this.#comment(first, line.end));
    this.#piece('comment', line.start);
  }

  #readInstruction(first: PhysicalLine, from: number): void {
    this.zone.close();
    const above = this.#above;
    this.#above = [];
    const joined = this.#join(first, from);
    const { line } = joined;
    const draft = readInstruction(line, 0, this.#readableLength(line), {
      escape: this.zone.escape,
      faults: this.faults,
    });
    if (!draft) {
      const message = 'A line holds nothing but a line continuation';
      this.faults.push({ code: 'empty-instruction', message, span: this.#span(from, joined.end), refused: true });
      this.#piece('blank', first.start);
      return;
    }
    const { heredocs, end } = this.#readHeredocs(line, draft, joined.end);
    const comments = above.length === 0 ? joined.comments : [...above, ...joined.comments];
    this.instructions.push(this.#finish(draft, heredocs, comments, end));
    this.#piece('instruction', first.start);
  }

  #readableLength(line: LogicalLine): number {
    const { length } = line.text;
    if (length <= MAX_INSTRUCTION) return length;
    const message = `Only the first ${MAX_INSTRUCTION / 1024} KiB of this instruction are looked at`;
    this.faults.push({ code: 'instruction-too-long', message, span: line.span(0, length), refused: false });
    return MAX_INSTRUCTION;
  }

  #finish(draft: Draft, heredocs: readonly Heredoc[], comments: readonly Comment[], end: number): Instruction {
    const { keyword, written, keywordSpan, flags, body, form, words, pairs, trigger } = draft;
    const span = this.#span(keywordSpan.start, Math.max(end, keywordSpan.end));
    // Written out: object spread took half of all the time a file takes.
    const base = { keyword, written, span, keywordSpan, flags, body, form, words, pairs, heredocs, comments };
    return trigger ? { ...base, trigger: this.#finish(trigger, heredocs, [], end) } : base;
  }

  /** Joins a line with those it continues on: comments between them are no part of it, nor are blank lines. */
  #join(first: PhysicalLine, from: number): JoinedLine {
    const text = this.#text;
    const escapeCode = this.zone.escape.charCodeAt(0);
    const mark = continuationMark(text, from, first.end, escapeCode);
    if (mark === -1) {
      const line = new LogicalLine(this.#file, text.slice(from, first.end), [0], [from]);
      return { line, comments: [], end: trimSpaceEnd(text, from, first.end) };
    }
    const parts = [text.slice(from, mark)];
    const logicalStarts = [0];
    const fileStarts = [from];
    const comments: Comment[] = [];
    let length = mark - from;
    let end = mark + 1;
    let continues = true;
    let blank: Span | undefined;
    while (continues && this.#at < text.length) {
      const next = this.#nextLine();
      const start = skipSpace(text, next.start, next.end);
      if (start === next.end) {
        blank ??= this.#span(next.start, next.end);
        continue;
      }
      if (text.charCodeAt(start) === 35) {
        comments.push(this.#comment(start, next.end));
        continue;
      }
      const nextMark = continuationMark(text, next.start, next.end, escapeCode);
      continues = nextMark !== -1;
      const stop = continues ? nextMark : next.end;
      end = continues ? nextMark + 1 : trimSpaceEnd(text, next.start, next.end);
      if (stop === next.start) continue;
      parts.push(text.slice(next.start, stop));
      logicalStarts.push(length);
      fileStarts.push(next.start);
      length += stop - next.start;
    }
    if (blank) {
      const message = 'An empty line stands inside a continued instruction; Docker will refuse that one day';
      this.faults.push({ code: 'empty-continuation', message, span: blank, refused: false });
    }
    return { line: new LogicalLine(this.#file, parts.join(''), logicalStarts, fileStarts), comments, end };
  }

  #readHeredocs(line: LogicalLine, draft: Draft, lineEnd: number): { heredocs: Heredoc[]; end: number } {
    // BuildKit looks through one ONBUILD only.
    const command = draft.trigger ?? draft;
    const possible = instructionTable.get(command.keyword)?.heredocs && command.form === 'shell';
    if (!possible || !line.text.includes('<<')) return { heredocs: [], end: lineEnd };
    let end = lineEnd;
    const heredocs: Heredoc[] = [];
    for (const marker of heredocMarkers(line, 0, line.text.length)) {
      const start = this.#at;
      const bodyEnd = this.#readHeredocBody(marker.name, marker.chomp);
      if (bodyEnd === undefined) {
        const message = `The heredoc ${marker.name.slice(0, 40)} is never closed`;
        this.faults.push({ code: 'unterminated-heredoc', message, span: marker.markerSpan, refused: true });
      }
      const stop = bodyEnd?.body ?? this.#text.length;
      end = bodyEnd?.terminator ?? stop;
      const raw = this.#text.slice(start, stop);
      const body = marker.chomp ? withoutLeadingTabs(raw) : raw;
      heredocs.push({ ...marker, body, bodySpan: this.#span(start, stop) });
      // Nothing is left for those that follow.
      if (bodyEnd === undefined) break;
    }
    return { heredocs, end };
  }

  /** Reads past the line that is only `name`: where the body ends, and where that line does. */
  #readHeredocBody(name: string, chomp: boolean): { body: number; terminator: number } | undefined {
    while (this.#at < this.#text.length) {
      const line = this.#nextLine();
      let start = line.start;
      if (chomp) while (start < line.end && this.#text.charCodeAt(start) === 9) start++;
      if (line.end - start === name.length && this.#text.startsWith(name, start)) {
        return { body: line.start, terminator: line.end };
      }
    }
    return undefined;
  }

  #nextLine(): PhysicalLine {
    const text = this.#text;
    const start = this.#at;
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline + 1;
    let end = newline === -1 ? next : newline;
    while (end > start && text.charCodeAt(end - 1) === 13) end--;
    this.#at = next;
    if ((next - start) * 3 >= MAX_LINE_BYTES) this.#checkLength(start, next, newline !== -1);
    return { start, end, next };
  }

  /** Without a line end the scanner cannot know that a full buffer is all there is. */
  #checkLength(start: number, next: number, ended: boolean): void {
    const limit = ended ? MAX_LINE_BYTES : MAX_LINE_BYTES - 1;
    if (next - start <= limit && utf8Length(this.#text, start, next) <= limit) return;
    const message = `A line is longer than the ${MAX_LINE_BYTES - 1} bytes Docker reads`;
    this.faults.push({ code: 'line-too-long', message, span: this.#span(start, next), refused: true });
  }

  #comment(start: number, end: number): Comment {
    const from = skipSpace(this.#text, start + 1, end);
    const to = trimSpaceEnd(this.#text, from, end);
    const comment = { text: this.#text.slice(from, to), span: this.#span(start, end) };
    this.comments.push(comment);
    return comment;
  }

  #piece(kind: Piece['kind'], start: number): void {
    this.pieces.push({ kind, span: this.#span(start, this.#at) });
  }

  #span(start: number, end: number): Span {
    return { file: this.#file, start, end };
  }
}

/**
 * Where the escape character stands that continues the line, or -1: the last character but blanks and tabs, and not
 * itself escaped: BuildKit ends the line at `foo \\`.
 */
function continuationMark(text: string, start: number, end: number, escapeCode: number): number {
  let at = end - 1;
  while (at >= start && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at--;
  if (at < start || text.charCodeAt(at) !== escapeCode) return -1;
  return at > start && text.charCodeAt(at - 1) === escapeCode ? -1 : at;
}

function utf8Length(text: string, start: number, end: number): number {
  let bytes = end - start;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    // Half of a surrogate pair: two of the pair's four bytes.
    bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
