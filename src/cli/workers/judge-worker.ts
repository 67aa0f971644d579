import { parentPort, workerData } from 'node:worker_threads';
import type { JudgedPart } from '../../judge/judge-part.ts';
import { diskFiles } from '../../read/files-disk.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import { judgeJob } from '../judge-operands.ts';
import type { Brief, PlainPart, Reply, Request } from './messages.ts';

/**
 * What a worker thread runs: judges one job after the other, until it is told to end. What it throws ends the thread,
 * and the main thread tells of it.
 */
export function judgeWorker(): void {
  if (!parentPort) throw new SeaworthyError('usage', 'This command is for worker threads only', {});
  const port = parentPort;
  const brief: Brief = workerData;
  port.on('message', (request: Request) => port.postMessage(replyTo(brief, request)));
}

function replyTo({ call, options, settings }: Brief, { index, root, prefix, options: project }: Request): Reply {
  try {
    const part = judgeJob(call, { files: diskFiles(root), prefix, options: project }, options, true);
    return { index, part: plainPart(part, settings) };
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    return { index, error: { code: error.code, message: error.message, hint: error.hint } };
  }
}

function plainPart({ verdict, sourceLine, configuredBy, failOn }: JudgedPart, withSettings: boolean): PlainPart {
  const lines = new Map<string, Map<number, string>>();
  for (const { file, span } of [...verdict.findings, ...(verdict.suppressed ?? [])]) {
    const { line } = span.start;
    const known = lines.get(file) ?? new Map<number, string>();
    lines.set(file, known);
    if (known.has(line)) continue;
    const text = sourceLine(file, line);
    if (text !== undefined) known.set(line, text);
  }
  const { checklists } = verdict;
  const services = verdict.services.map((service) => ({
    name: service.name,
    file: service.file,
    image: service.image,
    settings: withSettings ? service.settings : [],
  }));
  // `failures` last: what was worked out just now may have added to them.
  return { verdict: { ...verdict, checklists, services, failures: verdict.failures }, lines, configuredBy, failOn };
}
