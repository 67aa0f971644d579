import type { ImageFacts, PackageManager } from '../../knowledge/image-facts.ts';
import type { ImageReference } from '../../knowledge/image-reference.ts';
import type { Word } from '../../read/dockerfile/tree.ts';
import type { ShellWord } from '../../read/shell/tree.ts';
import type { Fact } from '../../vocabulary/fact.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { Stage, Step } from '../dockerfile/dockerfile.ts';

/**
 * The image a service runs: what its base is known to contain, and what the Dockerfile's lines add. What nothing says
 * is undefined or `unknown`, never a guess at "no".
 */
export interface Image {
  /** The image it starts from, or is: undefined for scratch and for what cannot be read. */
  readonly base: ImageReference | undefined;
  /** What is known of that base. */
  readonly facts: ImageFacts | undefined;
  /** The stage it is built from; undefined for an image that is only pulled. */
  readonly stage: Stage | undefined;
  readonly isScratch: boolean;
  readonly user: Fact<string> | undefined;
  readonly workdir: Fact<string> | undefined;
  readonly environment: ReadonlyMap<string, Fact<string>>;
  /** undefined: unknown. `value: undefined`: known to have none. */
  readonly entrypoint: Fact<CommandLine | undefined> | undefined;
  readonly command: Fact<CommandLine | undefined> | undefined;
  readonly exposed: readonly Fact<string>[];
  readonly volumes: readonly Fact<string>[];
  /** undefined: unknown. `value: undefined`: known to have none, or switched off by `NONE`. */
  readonly healthcheck: Fact<HealthTest | undefined> | undefined;
  readonly stopSignal: Fact<string> | undefined;
  /** The shell that shell form and CMD-SHELL use. */
  readonly shell: Presence;
  readonly packageManager: PackageManager | undefined;
  readonly accounts: Accounts;
  readonly software: Software;
  readonly files: readonly FileEffect[];
  readonly labels: ReadonlyMap<string, Fact<string>>;
}

export type Presence = 'yes' | 'no' | 'unknown';

/** A command as Docker keeps it. */
export interface CommandLine {
  readonly form: 'exec' | 'shell';
  /** Exec form: the arguments. Shell form: one word, the script. */
  readonly words: readonly Word[];
  readonly span: Span | undefined;
}

export interface HealthTest {
  /** `CMD`: run as it is; `CMD-SHELL`: through the image's shell. */
  readonly form: 'exec' | 'shell';
  readonly words: readonly Word[];
  readonly span: Span | undefined;
  /** Milliseconds; undefined where Docker's default holds (30 s, 30 s, 0 s, 5 s; 3 retries). */
  readonly intervalMs?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly startPeriodMs?: number | undefined;
  readonly startIntervalMs?: number | undefined;
  readonly retries?: number | undefined;
}

/** Users of the image. */
export interface Accounts {
  /** By name; the id where a line or the base's table says it. */
  find(nameOrId: string): { readonly presence: Presence; readonly uid: number | undefined; readonly from: string };
  /** Users that lines of the Dockerfile create, in order. */
  readonly created: readonly {
    readonly name: string;
    readonly uid: number | undefined;
    readonly step: Step;
    readonly span: Span;
  }[];
  /** A non-root user that is there to be used: created by a line, else the base's own (`node`, `nonroot`). */
  readonly usable: { readonly name: string; readonly uid: number | undefined; readonly from: string } | undefined;
}

/** Programs of the image. */
export interface Software {
  /** Is the program there? `because` says why we think so: `curl is installed at line 4`, `node:22-slim has no curl`. */
  has(tool: string): { readonly presence: Presence; readonly because: string; readonly flavour?: string };
  /** Distribution packages installed in the stages the image inherits, removed ones left out. */
  readonly packages: readonly InstalledPackage[];
}

export interface InstalledPackage {
  readonly name: string;
  readonly manager: PackageManager;
  readonly word: ShellWord;
  readonly step: Step;
}

/** What a line does to a path of the image; paths are absolute, with WORKDIR applied. */
export interface FileEffect {
  readonly kind: 'copy' | 'add' | 'create' | 'chown' | 'chmod' | 'volume' | 'workdir';
  readonly path: string;
  /** For copies: the source as written; from the context unless `fromStage`. */
  readonly source?: string;
  readonly fromStage?: string;
  /** `app:app`, `1000`; undefined: the default (root for COPY, the running user for RUN). */
  readonly owner?: string;
  readonly mode?: string;
  readonly recursive?: boolean;
  readonly step: Step;
  readonly span: Span;
}
