import type { ImageReference } from '../../knowledge/image-reference.ts';
import type { DockerfileTree, Instruction } from '../../read/dockerfile/tree.ts';
import type { ShellCommand } from '../../read/shell/tree.ts';
import type { SourceText } from '../../read/text.ts';
import type { Fact } from '../../vocabulary/fact.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { Scope, Variable } from './scope.ts';

/** A Dockerfile as one build reads it: with that build's arguments and target. */
export interface Dockerfile {
  readonly file: string;
  readonly source: SourceText;
  readonly tree: DockerfileTree;
  /** In order; the last is what is built when no target is named. A file without FROM is one stage on an unknown base. */
  readonly stages: readonly Stage[];
  /** ARGs before the first FROM. */
  readonly globalArguments: readonly Variable[];
  /** The stage that becomes the image; undefined when there is none or the target does not exist. */
  readonly target: Stage | undefined;
  /** A target that the build asks for and the file has not. */
  readonly missingTarget: string | undefined;
  /** The build context, relative to the project; undefined for a Dockerfile from stdin. */
  readonly context: string | undefined;
}

export interface Stage {
  readonly dockerfile: Dockerfile;
  readonly index: number;
  /** Lower case, as BuildKit compares names. */
  readonly name: string | undefined;
  readonly nameSpan: Span | undefined;
  readonly from: From;
  readonly steps: readonly Step[];
  /** It is the target: what it leaves behind is the image. */
  readonly isFinal: boolean;
  /** The target needs it, by FROM, COPY --from or RUN --mount=from; else BuildKit skips it. */
  readonly isUsed: boolean;
  /** The target is made from it by FROM: its user, files and settings are inherited. */
  readonly isInherited: boolean;
  /** It has no name and nothing needs it, though the last stage is built: whoever wrote it took it for an image too. */
  readonly isOrphan: boolean;
}

export interface From {
  readonly instruction: Instruction;
  /** As written: `node:${VERSION}-alpine`. */
  readonly written: string;
  readonly span: Span;
  /** With variables expanded; undefined when a variable without a value is in it. */
  readonly text: string | undefined;
  /** Variables in it that nothing in the project sets. */
  readonly unset: readonly string[];
  /** It names an earlier stage. */
  readonly stage: Stage | undefined;
  readonly isScratch: boolean;
  /** There is no FROM: the file is a fragment, and `instruction` is its first. */
  readonly isMissing: boolean;
  /** Undefined for stages, scratch, and what cannot be read. */
  readonly reference: ImageReference | undefined;
  readonly platform: { readonly written: string; readonly span: Span } | undefined;
}

/** One instruction of a stage, and what is in force when it runs. */
export interface Step {
  readonly instruction: Instruction;
  readonly stage: Stage;
  readonly index: number;
  readonly scope: Scope;
  /** Who it runs as: the last USER before it, or the base image's; undefined when unknown. */
  readonly user: Fact<string> | undefined;
  readonly workdir: Fact<string> | undefined;
  /** `["/bin/sh", "-c"]`, or what SHELL says. */
  readonly shell: readonly string[];
  /** SHELL was set in this stage, its parents' or by this instruction's predecessors. */
  readonly shellIsSet: boolean;
  /** Commands that RUN, or a shell form, runs; `sh -c` scripts are opened. Empty for other instructions. */
  readonly commands: readonly ShellCommand[];
  /** False when the shell text could not be read whole. */
  readonly certain: boolean;
  /** `RUN --mount=…`, taken apart; empty for other instructions. */
  readonly mounts: readonly Mount[];
}

export interface Mount {
  readonly type: string;
  readonly target: string | undefined;
  readonly id: string | undefined;
  readonly from: string | undefined;
  readonly span: Span;
}
