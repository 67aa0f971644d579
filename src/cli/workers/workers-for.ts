import fs from 'node:fs';
import { SeaworthyError } from '../../vocabulary/error.ts';
import { type Call, oneText } from '../command.ts';
import type { Job } from '../operand-jobs.ts';

/** A worker compiles all that it runs anew: with fewer files one thread is done sooner (bench/cores.ts). */
const fewestFiles = 200;
/** More wait for each other at the disk, and each takes some 100 MB. */
const mostByDefault = 8;

/** How many workers to judge with; 1 is this thread alone. */
export async function workersFor({ values }: Pick<Call, 'values'>, jobs: readonly Job[]): Promise<number> {
  const asked = oneText(values, 'jobs');
  if (asked !== undefined && !/^[1-9]\d{0,2}$/.test(asked))
    throw new SeaworthyError('usage', '--jobs takes a number from 1 to 999', { hint: 'seaworthy check --jobs 4' });
  if (jobs.length < 2 || !workerScript()) return 1;
  if (asked !== undefined) return Math.min(Number(asked), jobs.length);
  const files = jobs.reduce((sum, job) => sum + filesOf(job), 0);
  if (files < fewestFiles) return 1;
  const { availableParallelism } = await import('node:os');
  return Math.min(availableParallelism(), jobs.length, mostByDefault);
}

/** The program itself; undefined where it runs from its source, which a worker of Node 20 cannot load. */
export function workerScript(): string | undefined {
  const script = process.argv[1];
  const real = script === undefined ? undefined : fs.realpathSync(script);
  return real !== undefined && /\.[cm]?js$/.test(real) ? real : undefined;
}

/** About how many: a Compose project takes as long as some Dockerfiles. */
function filesOf({ options }: Job): number {
  const lone = options.dockerfiles ?? options.found?.dockerfiles ?? [];
  return lone.length + (options.dockerfiles ? 0 : 3);
}
