import fs from 'node:fs/promises';
import type { ProcessSeen } from '../protocol.ts';
import { birthOf, processSeen } from './process-seen.ts';

/** The processes that the helper may look at, and those it has told of: no other is ever signalled. */
export class ProcessTable {
  readonly #births = new Map<number, string>();

  /** All but the helper and its children; of `among`, where that is given. */
  async list(among?: ReadonlySet<number>): Promise<readonly ProcessSeen[]> {
    const names = await fs.readdir('/proc');
    const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
    const found = await Promise.all(pids.filter((pid) => !among || among.has(pid)).map(processSeen));
    const live = found.filter((one) => one !== undefined);
    const parents = new Map(live.map(({ seen }) => [seen.pid, seen.ppid]));
    const others = live.filter(({ seen }) => !isOurs(seen.pid, parents));
    for (const { seen, birth } of others) this.#births.set(seen.pid, birth);
    return others.map(({ seen }) => seen).sort((a, b) => a.pid - b.pid);
  }

  /**
   * In the order given. Those that have gone are passed over. Rejects for processes that `list` has not told of, and
   * for signals that the kernel would let come to nothing (pid_namespaces(7)).
   */
  async signal(pids: readonly number[], signal: string): Promise<void> {
    const unknown = pids.filter((pid) => !this.#births.has(pid));
    if (unknown.length > 0) throw new Error(`no process that was told of: ${unknown.join(', ')}`);
    if (pids.includes(1) && (signal === 'SIGKILL' || signal === 'SIGSTOP'))
      throw new Error(`${signal} to process 1 of its own process namespace is ignored: give the helper the host's`);
    for (const pid of pids) {
      // Its number may be another's by now.
      if ((await birthOf(pid)) !== this.#births.get(pid)) continue;
      try {
        process.kill(pid, signal);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
    }
  }
}

/** The parent of a child in another's cgroup is still the helper, or a child of it. */
function isOurs(pid: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid, step = 0; at !== undefined && at > 0 && step < 100; step++) {
    if (at === process.pid) return true;
    at = parents.get(at);
  }
  return false;
}
