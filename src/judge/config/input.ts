import type { Severity } from '../../vocabulary/severity.ts';

/** `seaworthy.yaml` as an object; `schema/config-1.schema.json` describes both. */
export interface ConfigInput {
  readonly ignore?: readonly IgnoreInput[];
  /** `'on'`, a severity, or more; a rule is switched off only with a reason. */
  readonly rules?: Readonly<Record<string, 'on' | true | Severity | RuleInput>>;
  readonly 'fail-on'?: Severity | 'never';
  readonly registries?: readonly string[];
  readonly 'require-reasons'?: boolean;
}

export interface IgnoreInput {
  readonly rule: string | readonly string[];
  readonly service?: string | readonly string[];
  /** Patterns as in `.dockerignore`, relative to the project. */
  readonly path?: string | readonly string[];
  readonly reason: string;
  /** The last day it works, `2027-01-31`. */
  readonly until?: string;
}

export interface RuleInput {
  readonly enabled?: boolean;
  readonly severity?: Severity;
  readonly reason?: string;
}
