import type { JudgeOptions } from '../../judge/judge.ts';
import type { JudgedPart } from '../../judge/judge-part.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import { lazily } from '../../vocabulary/lazily.ts';
import type { ServiceSummary, Verdict } from '../../vocabulary/verdict.ts';
import { type Call, oneText } from '../command.ts';
import type { Job } from '../operand-jobs.ts';
import type { Brief, PlainPart, Reply, Request } from './messages.ts';
import { runPool } from './pool.ts';
import { workerCommand } from './worker-command.ts';
import { workerScript } from './workers-for.ts';

/**
 * The same parts as `here` gives for each job, worked out by worker threads. What they did not send along (a line that
 * no finding begins in, a drawing) is worked out here when it is asked for.
 */
export async function judgeWithWorkers(
  { cwd, values }: Call,
  jobs: readonly Job[],
  options: Pick<JudgeOptions, 'only' | 'optIn' | 'fixes' | 'proof'>,
  workers: number,
  here: (job: Job) => JudgedPart,
): Promise<JudgedPart[]> {
  const brief: Brief = { call: { cwd, values }, options, settings: oneText(values, 'format') === 'json' };
  // What came by standard input is in this thread only.
  const tasks = jobs.flatMap(({ files, prefix, options: project }, index): Request[] =>
    files.root === '' ? [] : [{ index, root: files.root, prefix, options: project }],
  );
  const replies = await runPool<Request, Reply>({
    script: workerScript() ?? '',
    argv: [workerCommand],
    data: brief,
    workers,
    tasks,
    lost: ({ index, root, options: { directory = '.', dockerfiles } }, why) => ({
      index,
      part: lostPart(dockerfiles?.[0] ?? directory, root, why),
    }),
  });
  const byJob = new Map(replies.map((reply) => [reply.index, reply]));
  return jobs.map((job, index) => {
    const reply = byJob.get(index);
    if (!reply) return here(job);
    if ('error' in reply) throw new SeaworthyError(reply.error.code, reply.error.message, hintOf(reply.error));
    return wholePart(
      reply.part,
      brief,
      lazily(() => here(job)),
    );
  });
}

function hintOf({ hint }: { readonly hint: string | undefined }): { hint?: string } {
  return hint === undefined ? {} : { hint };
}

function wholePart(
  { verdict, lines, configuredBy, failOn }: PlainPart,
  brief: Brief,
  again: () => JudgedPart,
): JudgedPart {
  const mine = new Set(verdict.files);
  return {
    verdict: brief.settings ? verdict : { ...verdict, services: verdict.services.map(withSettings(again)) },
    sourceLine: (file, line) => {
      const known = lines.get(file)?.get(line);
      if (known !== undefined) return known;
      return lines.has(file) || mine.has(file) ? again().sourceLine(file, line) : undefined;
    },
    configuredBy,
    failOn,
    graph: () => again().graph(),
  };
}

function withSettings(again: () => JudgedPart) {
  return ({ name, file, image }: ServiceSummary, index: number): ServiceSummary => ({
    name,
    file,
    image,
    get settings() {
      return again().verdict.services[index]?.settings ?? [];
    },
  });
}

/** A worker's end is our bug, and is told as a rule's is; nothing is said of what it held. */
function lostPart(first: string, root: string, why: string): PlainPart {
  const message = `A worker ended while it judged ${first} and what belongs to it (in ${root}): ${why}`;
  const verdict: Verdict = {
    findings: [],
    checklists: [],
    services: [],
    files: [],
    unread: [],
    failures: [{ rule: 'worker', message }],
  };
  return { verdict, lines: new Map(), configuredBy: undefined, failOn: undefined };
}
