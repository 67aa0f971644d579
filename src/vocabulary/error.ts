/** Codes are stable and documented in `docs/errors.md`; programs may match on them. */
export type ErrorCode =
  | 'usage'
  | 'no-project'
  | 'unreadable'
  | 'too-large'
  | 'outside-project'
  | 'bad-config'
  | 'unknown-rule'
  | 'unknown-drill'
  | 'unknown-service'
  | 'uncommitted'
  | 'file-changed'
  | 'unwritable'
  | 'engine-unreachable'
  | 'engine-refused'
  | 'unsupported'
  | 'dependency-failed'
  | 'interrupted'
  | 'internal';

/** Thrown only when we cannot go on; a fault in the user's file is a finding instead. */
export class SeaworthyError extends Error {
  readonly code: ErrorCode;
  /** What to try next, one sentence. */
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SeaworthyError';
    this.code = code;
    this.hint = options.hint;
  }
}
