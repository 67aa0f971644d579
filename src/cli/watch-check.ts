import path from 'node:path';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Call } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { watchProject } from './project-watch.ts';

/**
 * Judges, and again after each change below `roots`, until Ctrl-C, which is the only way out and gives 130. What keeps
 * one judging from being done (a file caught half written, a directory gone) is told, and the next change tried again.
 *
 * @param roots Absolute directories.
 * @param judgeOnce The report, as text.
 */
export async function watchCheck(
  call: Call,
  roots: readonly string[],
  judgeOnce: () => Promise<string>,
): Promise<ExitCode> {
  const { out } = call;
  let last = await judgeOnce();
  out.write(last);

  let running = false;
  const pending = new Set<string>();
  const rejudge = async () => {
    if (running) return; // the loop below takes what came meanwhile
    running = true;
    while (pending.size > 0) {
      const said = changesText(call.cwd, [...pending]);
      pending.clear();
      watch.refresh();
      const next = await attempt(judgeOnce);
      const isNews = next !== last;
      last = next;
      out.write(`\n${rule(out.unicode)} ${clock()} ${said}${isNews ? '' : ': the verdict is the same'}\n`);
      if (isNews) out.write(`\n${next}`);
    }
    running = false;
  };
  let broken: (cause: unknown) => void = () => {};
  const watch = watchProject(roots, (paths) => {
    for (const one of paths) pending.add(one);
    rejudge().catch(broken);
  });

  const more = watch.complete ? '' : ' Some directories are not watched: there are too many, or some cannot be read.';
  out.warn(`Watching ${roots.map((root) => shown(call.cwd, root)).join(', ')}; Ctrl-C ends.${more}\n`);
  try {
    await new Promise<void>((resolve, reject) => {
      broken = reject;
      process.once('SIGINT', () => resolve());
    });
  } finally {
    watch.close();
  }
  return ExitCode.Interrupted;
}

async function attempt(judgeOnce: () => Promise<string>): Promise<string> {
  try {
    return await judgeOnce();
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    return `${error.message} [${error.code}]\n`;
  }
}

function changesText(cwd: string, paths: readonly string[]): string {
  const names = paths.slice(0, 3).map((one) => shown(cwd, one));
  const left = paths.length - names.length;
  return `${names.join(', ')}${left > 0 ? ` and ${left} more` : ''} changed`;
}

function shown(cwd: string, place: string): string {
  return JSON.stringify(path.relative(cwd, place) || '.').slice(1, -1);
}

function rule(unicode: boolean): string {
  return (unicode ? '─' : '-').repeat(2);
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}
