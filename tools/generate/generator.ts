/** Writes files from what the code says. Each lives in `tools/generators/`, one file each; there is no list of them. */
export interface Generator {
  readonly name: string;
  /** Folders in which nothing but this generator's files may lie: what it no longer makes is removed. */
  readonly owns: readonly string[];
  /** Paths relative to the repository, with their whole content. */
  files(root: string): Promise<ReadonlyMap<string, string>>;
}
