import type { JudgeOptions } from '../../judge/judge.ts';
import type { ProjectOptions } from '../../model/read-project.ts';
import type { ErrorCode } from '../../vocabulary/error.ts';
import type { Severity } from '../../vocabulary/severity.ts';
import type { Verdict } from '../../vocabulary/verdict.ts';
import type { JudgeCall } from '../judge-operands.ts';

/** What a worker is told once, when it starts. */
export interface Brief {
  readonly call: JudgeCall;
  readonly options: Pick<JudgeOptions, 'only' | 'optIn' | 'fixes' | 'proof'>;
  /** Work out the services' settings too; few formats show them. */
  readonly settings: boolean;
}

/** One job, as plain data. */
export interface Request {
  readonly index: number;
  readonly root: string;
  readonly prefix: string;
  readonly options: ProjectOptions;
}

export type Reply =
  | { readonly index: number; readonly part: PlainPart }
  | { readonly index: number; readonly error: PlainError };

/** A judged part without what only a thread of its own can work out. */
export interface PlainPart {
  readonly verdict: Verdict;
  /** The masked lines that findings begin in, by file and number. */
  readonly lines: ReadonlyMap<string, ReadonlyMap<number, string>>;
  readonly configuredBy: string | undefined;
  readonly failOn: Severity | 'never' | undefined;
}

/** A `SeaworthyError`: its class does not survive the way from thread to thread. */
export interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
}
