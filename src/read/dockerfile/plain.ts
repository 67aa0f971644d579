import type { Position, Span } from '../../vocabulary/span.ts';
import { SourceText } from '../text.ts';
import type { DockerfileTree, Instruction } from './tree.ts';

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface WordJson {
  readonly text: string;
  readonly span: Range;
}

/** One instruction; see `read/dockerfile/tree.ts` for what each field holds. */
export interface InstructionJson {
  readonly keyword: string;
  readonly span: Range;
  readonly flags: readonly { readonly name: string; readonly value: string | undefined; readonly span: Range }[];
  /** What follows keyword and flags: continuation lines joined, comments gone. */
  readonly body: string;
  readonly form: 'shell' | 'exec';
  readonly words: readonly WordJson[];
  readonly pairs: readonly { readonly key: string; readonly value: string | undefined; readonly span: Range }[];
  readonly heredocs: readonly {
    readonly name: string;
    readonly expand: boolean;
    readonly body: string;
    readonly span: Range;
  }[];
  readonly comments: readonly WordJson[];
  /** What `ONBUILD` holds. */
  readonly trigger?: InstructionJson;
}

/** A Dockerfile as plain data. `faults` with `refused` are what BuildKit would not build. */
export interface DockerfileJson {
  readonly escape: string;
  readonly directives: readonly { readonly name: string; readonly value: string; readonly span: Range }[];
  readonly instructions: readonly InstructionJson[];
  readonly comments: readonly WordJson[];
  readonly faults: readonly {
    readonly code: string;
    readonly message: string;
    readonly refused: boolean;
    readonly span: Range;
  }[];
}

export function dockerfileJson(tree: DockerfileTree): DockerfileJson {
  const source = new SourceText(tree.file, tree.text);
  const range = (span: Span): Range => ({ start: source.positionAt(span.start), end: source.positionAt(span.end) });
  const word = ({ text, span }: { readonly text: string; readonly span: Span }): WordJson => ({
    text,
    span: range(span),
  });
  const instruction = (one: Instruction): InstructionJson => ({
    keyword: one.keyword,
    span: range(one.span),
    flags: one.flags.map((flag) => ({ name: flag.name, value: flag.value, span: range(flag.span) })),
    body: one.body.text,
    form: one.form,
    words: one.words.map(word),
    pairs: one.pairs.map((pair) => ({ key: pair.key, value: pair.value, span: range(pair.span) })),
    heredocs: one.heredocs.map((heredoc) => ({
      name: heredoc.name,
      expand: heredoc.expand,
      body: heredoc.body,
      span: range(heredoc.bodySpan),
    })),
    comments: one.comments.map(word),
    ...(one.trigger ? { trigger: instruction(one.trigger) } : {}),
  });
  return {
    escape: tree.escape,
    directives: tree.directives.map(({ name, value, span }) => ({ name, value, span: range(span) })),
    instructions: tree.instructions.map(instruction),
    comments: tree.comments.map(word),
    faults: tree.faults.map(({ code, message, refused, span }) => ({ code, message, refused, span: range(span) })),
  };
}
