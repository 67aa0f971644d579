import fs from 'node:fs';

/**
 * Which of these stopped processes were the first to run on, within so many milliseconds; none where all stay. Looks every
 * millisecond: whoever is told to end and woken to hear it (TERM, then CONT) may be gone a few later.
 */
export async function awake(pids: readonly number[], ms: number): Promise<readonly number[]> {
  const until = performance.now() + ms;
  // A signal takes its time to stop a process that runs on another CPU.
  const stopped = new Set<number>();
  do {
    const runs: number[] = [];
    for (const pid of pids) {
      const state = stateOf(pid);
      if (state === 'T') stopped.add(pid);
      else if (stopped.has(pid) && 'RSD'.includes(state)) runs.push(pid);
    }
    if (runs.length > 0) return runs;
    await new Promise((resolve) => setTimeout(resolve, 1));
  } while (performance.now() < until);
  return [];
}

/** Behind the name, which may hold anything (proc_pid_stat(5)); `X` where it has gone. */
function stateOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.charAt(stat.lastIndexOf(')') + 2);
  } catch {
    return 'X';
  }
}
