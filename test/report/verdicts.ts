import type { Finding } from '../../src/vocabulary/finding.ts';
import type { Verdict } from '../../src/vocabulary/verdict.ts';

/** A file's text and the places in it that a test points at. */
export class Source {
  readonly file: string;
  readonly lines: readonly string[];

  constructor(file: string, text: string) {
    this.file = file;
    this.lines = text.split('\n');
  }

  /** The span of `words` on a line (from 1); to the end of `untilWords` on `untilLine` where the span is longer. */
  at(line: number, words: string, untilLine = line, untilWords = words) {
    return {
      file: this.file,
      span: { start: this.#point(line, words, 0), end: this.#point(untilLine, untilWords, untilWords.length) },
    };
  }

  #point(line: number, words: string, past: number) {
    const index = (this.lines[line - 1] ?? '').indexOf(words);
    if (index === -1) throw new Error(`line ${line} of ${this.file} has no ${JSON.stringify(words)}`);
    const before = this.lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    return { line, column: index + 1 + past, offset: before + index + past };
  }
}

export function sourcesOf(...sources: readonly Source[]): (file: string, line: number) => string {
  return (file, line) => sources.find((source) => source.file === file)?.lines[line - 1] ?? '';
}

export function finding(fields: Pick<Finding, 'rule' | 'message' | 'file' | 'span'> & Partial<Finding>): Finding {
  return { severity: 'high', confidence: 'certain', aliases: [], mission: [], ...fields };
}

export function verdict(fields: Partial<Verdict> = {}): Verdict {
  return { findings: [], checklists: [], services: [], files: [], unread: [], failures: [], ...fields };
}
