import type { Files } from '../read/files.ts';
import type { SourceText } from '../read/text.ts';
import type { Fault } from '../vocabulary/fault.ts';
import type { Span } from '../vocabulary/span.ts';
import type { BuildContext } from './build-context.ts';
import type { ComposeModel } from './compose-model.ts';
import type { Dockerfile } from './dockerfile/dockerfile.ts';
import type { Service } from './service.ts';

/** Everything that one `check` looks at: a directory with its files, or texts in memory. */
export interface Project {
  /** Files of the project, for rules by way of `BuildContext` and for reports; rules read no other. */
  readonly files: Files;
  /** The project's own directory, below the root of `files`; a Compose file that is named may lie elsewhere. */
  readonly directory: string;
  readonly compose: ComposeModel | undefined;
  /** In the order of the Compose file, then lone Dockerfiles by path. Services of inactive profiles are among them. */
  readonly services: readonly Service[];
  /** Each build's Dockerfile; one file may be there several times, with other arguments or targets. */
  readonly dockerfiles: readonly Dockerfile[];
  /** Build contexts by directory; of several Dockerfiles, each with an ignore file of its own, the first one's. */
  readonly contexts: ReadonlyMap<string, BuildContext>;
  /** The context as this Dockerfile's build sees it; undefined for a remote one. */
  contextOf(dockerfile: Dockerfile): BuildContext | undefined;
  readonly faults: readonly Fault[];
  /** Texts by path, for line numbers and excerpts. */
  readonly sources: ReadonlyMap<string, SourceText>;
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  /** The day to judge by, `2026-11-21`: rules never read the clock. */
  readonly today: string;
  /** Registries, or paths in them, that images may come from: `ghcr.io/acme`. Empty where nobody has decided. */
  readonly registries: readonly string[];
  /** Dockerfiles written inside a Compose file: their pseudo file, and the scalar they stand in. */
  readonly inline: ReadonlyMap<string, Span>;
}
