/**
 * Where a project's files come from: a directory, or texts in memory. Paths are relative to the project's root, with
 * `/` between parts; `../x` may leave it only where the project itself names such a path. Nothing is ever written or
 * executed. Synchronous on purpose: a cold `check` of one file costs little more than starting Node.
 */
export interface Files {
  /** For messages: an absolute directory, or `''` for files in memory. */
  readonly root: string;
  /** The file's text, or why there is none. A file over `limitBytes` is `too-large`. */
  read(path: string): ReadOutcome;
  kind(path: string): 'file' | 'directory' | 'missing' | 'other';
  /** Names in a directory, sorted; `[]` when it is missing, unreadable or outside. */
  list(path: string): readonly Entry[];
  /**
   * Opens one place outside the root: this path and all below it, because the project itself names it (include,
   * extends, env_file, a build context). Everything else outside stays `outside`, so that a project under check cannot
   * make us read `../../.ssh/id_ed25519` by a link it carries. A link inside the place must end in it or in the root.
   */
  allow?(path: string): void;
}

export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
}

/**
 * A leading byte order mark stays in the text. `brokenUtf8`: some bytes were not UTF-8 and stand as U+FFFD, so offsets
 * are good for showing, but the text must never be written back.
 */
export type ReadOutcome =
  | { readonly ok: true; readonly text: string; readonly brokenUtf8?: true }
  | {
      readonly ok: false;
      readonly reason: 'missing' | 'directory' | 'unreadable' | 'too-large' | 'binary' | 'outside';
    };
