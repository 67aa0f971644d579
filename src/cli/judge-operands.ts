import type { JudgeOptions } from '../judge/judge.ts';
import { type JudgedPart, judgePart } from '../judge/judge-part.ts';
import { mergeVerdicts, sourceLineOf } from '../judge/merge-verdicts.ts';
import { type Severity, severities } from '../vocabulary/severity.ts';
import type { StackGraph } from '../vocabulary/stack-graph.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import type { Call } from './command.ts';
import { configurationOf } from './configuration-of.ts';
import { type Job, jobsOf, projectOf } from './operand-jobs.ts';
import { workersFor } from './workers/workers-for.ts';

export interface Judged {
  readonly verdict: Verdict;
  /** A line of a judged file, secrets masked. */
  readonly sourceLine: (file: string, line: number) => string;
  /** What the configurations say of when to fail; the strictest of several projects counts. */
  readonly failOn: Severity | 'never' | undefined;
  /** What joins the services of each project; worked out when asked for. */
  readonly graphs: () => StackGraph[];
}

/** What decides how a job is judged; plain data, so that a worker can be told. */
export type JudgeCall = Pick<Call, 'cwd' | 'values'>;

/** Judges each project that the operands name, and puts the verdicts together. */
export async function judgeOperands(
  call: Call,
  options: Pick<JudgeOptions, 'only' | 'optIn' | 'fixes' | 'proof'>,
): Promise<Judged> {
  const jobs = jobsOf(call);
  const workers = await workersFor(call, jobs);
  const isShared = jobs.length > 1;
  const here = (job: Job) => judgeJob(call, job, options, isShared);
  if (workers < 2) return together(jobs.map(here));
  const { judgeWithWorkers } = await import('./workers/judge-with-workers.ts');
  return together(await judgeWithWorkers(call, jobs, options, workers, here));
}

/** `isShared`: the configuration may be for other jobs too. */
export function judgeJob(
  call: JudgeCall,
  job: Job,
  options: Pick<JudgeOptions, 'only' | 'optIn' | 'fixes' | 'proof'>,
  isShared: boolean,
): JudgedPart {
  const project = projectOf(job);
  const configuration = { ...configurationOf(call, project), isShared };
  return judgePart(project, configuration, { ...options, prefix: job.prefix });
}

function together(parts: readonly JudgedPart[]): Judged {
  return {
    verdict: mergeVerdicts(parts),
    sourceLine: sourceLineOf(parts),
    failOn: strictest(parts),
    graphs: () => parts.map(({ graph }) => graph()),
  };
}

/** A project that says nothing fails from medium on, whatever its neighbours say. */
export function strictest(parts: readonly Pick<JudgedPart, 'failOn'>[]): Severity | 'never' | undefined {
  if (parts.every(({ failOn }) => failOn === undefined)) return undefined;
  const said = parts.map(({ failOn }) => failOn ?? 'medium');
  return severities.toReversed().find((severity) => said.includes(severity)) ?? 'never';
}
