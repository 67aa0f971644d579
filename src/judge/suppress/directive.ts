/** What one comment asks for, wherever it stands. */
export interface Directive {
  /** Other tools' comments are obeyed and never complained about. */
  readonly owner: 'seaworthy' | 'peer';
  /**
   * `here`: at the end of a line that line, above something all of it. `line`: the same, but only the next line of a
   * YAML file. `own-line`: the line it stands on. `file`: the whole file.
   */
  readonly scope: 'here' | 'line' | 'own-line' | 'file';
  /** Ids of rules, ours or other tools' with the tool before them: `hadolint:DL3002`. */
  readonly names: readonly string[];
  /** All findings that this tool makes too: `kics`. */
  readonly tool?: string;
  readonly reason?: string;
  /** The last day it works, `2027-01-31`. */
  readonly until?: string;
  /** Why it cannot be obeyed; then it suppresses nothing. */
  readonly problem?: string;
}
