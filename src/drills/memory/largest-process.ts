import type { ProcessSeen } from '../../inside/protocol.ts';

/**
 * Of those that run below process 1 for as long as it does, the one that the kernel takes first when memory is short: the
 * largest (proc_pid_oom_score(5)). Undefined where that is process 1 itself: then the container ends, and its policy acts.
 */
export function largestBelow(early: readonly ProcessSeen[], late: readonly ProcessSeen[]): ProcessSeen | undefined {
  const before = new Set(early.map(({ pid }) => pid));
  const lasting = ofTheService(late).filter(({ pid, state }) => before.has(pid) && state !== 'Z');
  const largest = lasting.reduce<ProcessSeen | undefined>(
    (most, one) => (most === undefined || one.rssBytes > most.rssBytes ? one : most),
    undefined,
  );
  return largest?.pid === 1 ? undefined : largest;
}

/** Process 1 and what descends from it: a health test or a shell that the engine runs beside it is another's. */
export function ofTheService(all: readonly ProcessSeen[]): readonly ProcessSeen[] {
  const parents = new Map(all.map(({ pid, ppid }) => [pid, ppid]));
  const descends = (pid: number): boolean => {
    let at: number | undefined = pid;
    for (let depth = 0; at !== undefined && depth < 50; depth++) {
      if (at === 1) return true;
      at = parents.get(at);
    }
    return false;
  };
  return all.filter(({ pid }) => descends(pid));
}

/** How many others of its kind run below process 1. */
export function othersLike(one: ProcessSeen, all: readonly ProcessSeen[]): number {
  return ofTheService(all).filter(
    ({ pid, command, state }) =>
      pid !== 1 && pid !== one.pid && state !== 'Z' && kindOf(command) === kindOf(one.command),
  ).length;
}

/** Its command line; of one that writes there what it does (`postgres: idle`, `nginx: worker process`) only the first word. */
function kindOf(command: readonly string[]): string {
  const [first = ''] = command;
  return first.includes(' ') ? first.slice(0, first.indexOf(' ')) : command.join('\0');
}
