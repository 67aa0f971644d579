import type { Fault } from '../../vocabulary/fault.ts';
import type { Span } from '../../vocabulary/span.ts';

/** What a Dockerfile says, without losing a byte: the texts of `pieces`, joined, are the file. */
export interface DockerfileTree {
  readonly file: string;
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  readonly pieces: readonly Piece[];
  readonly instructions: readonly Instruction[];
  /** All comment lines, in order; those above or inside an instruction are also found on it. */
  readonly comments: readonly Comment[];
  readonly faults: readonly Fault[];
}

export interface Piece {
  readonly kind: 'bom' | 'directive' | 'comment' | 'blank' | 'instruction';
  readonly span: Span;
}

/** `# syntax=…`, `# escape=…`, `# check=…` at the top of the file. */
export interface Directive {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

export interface Comment {
  /** Without the `#`, trimmed. */
  readonly text: string;
  readonly span: Span;
}

export interface Instruction {
  /** Upper case; `''` never. An unknown keyword is kept (and is a fault). */
  readonly keyword: string;
  readonly written: string;
  /** From the keyword to the last character of the instruction, its heredocs included, without the final line end. */
  readonly span: Span;
  readonly keywordSpan: Span;
  readonly flags: readonly Flag[];
  /** What follows keyword and flags, as BuildKit sees it: continuation lines joined, comments between them gone. */
  readonly body: LogicalText;
  /** `exec` exactly where BuildKit reads a JSON array. For HEALTHCHECK it speaks of what follows CMD. */
  readonly form: 'shell' | 'exec';
  /**
   * The arguments. Exec form: the JSON strings, decoded. Lists (FROM, COPY, ADD, EXPOSE, VOLUME, …): the words as
   * written, nothing unquoted or expanded. Shell form of RUN, CMD, ENTRYPOINT, and single-value instructions (USER,
   * WORKDIR, STOPSIGNAL, MAINTAINER): one word, the whole body. HEALTHCHECK: first word `CMD` or `NONE`, then the rest.
   */
  readonly words: readonly Word[];
  /** ENV, LABEL, ARG: keys and values as written (quotes kept). */
  readonly pairs: readonly Pair[];
  readonly heredocs: readonly Heredoc[];
  /** Comment lines directly above (no blank line between), and those between its continuation lines. */
  readonly comments: readonly Comment[];
  /** The instruction that `ONBUILD` holds. */
  readonly trigger?: Instruction;
}

/** Text joined from several places of the file; knows where each character came from. */
export interface LogicalText {
  readonly text: string;
  /** Offset in the file of the character at `index`; `text.length` gives the end. */
  at(index: number): number;
  span(start: number, end: number): Span;
}

/** `--name=value`; `value` is undefined for a bare `--link`. */
export interface Flag {
  readonly name: string;
  readonly value: string | undefined;
  readonly span: Span;
  readonly valueSpan: Span | undefined;
}

export interface Word {
  readonly text: string;
  readonly span: Span;
}

export interface Pair {
  readonly key: string;
  /** As written, quotes and escapes kept; undefined for `ARG NAME`. */
  readonly value: string | undefined;
  readonly keySpan: Span;
  readonly valueSpan: Span | undefined;
  readonly span: Span;
  /** ` ` is the legacy form `ENV key value`. */
  readonly separator: '=' | ' ' | '';
}

export interface Heredoc {
  /** The delimiter, unquoted. */
  readonly name: string;
  /** False when the delimiter was quoted: no variables are expanded in the body. */
  readonly expand: boolean;
  /** `<<-`: leading tabs are removed from each line. */
  readonly chomp: boolean;
  readonly fileDescriptor: number;
  /** The body as BuildKit uses it (tabs removed when `chomp`), with its line ends. */
  readonly body: string;
  readonly bodySpan: Span;
  /** Of `<<EOF` in the instruction's line. */
  readonly markerSpan: Span;
}
