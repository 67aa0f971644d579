/** GitHub refuses a comment of more than 65,536 characters; GitLab and others take more. */
export const mostCharacters = 60_000;

/** Lines as long as they fit. */
export class Budget {
  readonly lines: string[] = [];
  #left: number;

  constructor(size: number) {
    this.#left = size;
  }

  /** All of them, or none; false when they do not fit beside `spare` characters. */
  add(lines: readonly string[], spare = 0): boolean {
    const size = lines.reduce((sum, line) => sum + line.length + 1, 0);
    if (size + spare > this.#left) return false;
    this.#left -= size;
    this.lines.push(...lines);
    return true;
  }
}
