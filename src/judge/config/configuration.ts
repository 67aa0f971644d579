import type { SourceText } from '../../read/text.ts';
import type { Severity } from '../../vocabulary/severity.ts';
import type { Span } from '../../vocabulary/span.ts';

/** What a team has decided for a project: `seaworthy.yaml`, or the same as an object. */
export interface Configuration {
  /** For lines and columns of what is said about the configuration itself; empty for one given as an object. */
  readonly sources: readonly SourceText[];
  readonly faults: readonly ConfigFault[];
  readonly ignore: readonly IgnoreEntry[];
  readonly rules: readonly RuleSetting[];
  /** Exit with 1 from this severity on; the flag `--fail-on` wins. */
  readonly failOn: Severity | 'never' | undefined;
  /** Registries that images may come from: `ghcr.io/acme`. */
  readonly registries: readonly { readonly value: string; readonly span: Span }[];
  readonly requireReasons: boolean;
  /** False: `x-seaworthy` of services is not read either. */
  readonly readsServices: boolean;
  /** Where its paths begin, below the project's root. */
  readonly directory: string;
  /** It is for several projects: an entry is unused when it meets nothing in all of them; see `mergeVerdicts`. */
  readonly isShared: boolean;
}

export interface ConfigFault {
  readonly at: Span;
  readonly message: string;
}

/** Findings that are accepted: of these rules, in these services and files. */
export interface IgnoreEntry {
  readonly rules: readonly { readonly name: string; readonly span: Span }[];
  /** Undefined: any. */
  readonly services: readonly string[] | undefined;
  /** Patterns as in `.dockerignore`, relative to the project. Undefined: any. */
  readonly paths: readonly string[] | undefined;
  readonly reason: string;
  readonly until: string | undefined;
  readonly span: Span;
}

export interface RuleSetting {
  /** An id, or another tool's: see `rulesNamed`. */
  readonly name: string;
  readonly span: Span;
  /** True switches an opt-in rule on; false accepts all it says. */
  readonly enabled: boolean | undefined;
  readonly severity: Severity | undefined;
  readonly reason: string | undefined;
  /** Only findings of this service, for `x-seaworthy`. */
  readonly service?: string;
}

/** Nothing decided; `x-seaworthy` of services still counts. */
export const noConfiguration: Configuration = {
  sources: [],
  faults: [],
  ignore: [],
  rules: [],
  failOn: undefined,
  registries: [],
  requireReasons: false,
  readsServices: true,
  directory: '.',
  isShared: false,
};
