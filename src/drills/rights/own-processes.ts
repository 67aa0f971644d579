import type { Inside } from '../../inside/client.ts';
import type { ProcessSeen } from '../../inside/protocol.ts';

/**
 * The service's own processes: process 1 and all that descends from it, zombies left out. What the engine starts in there
 * (health tests, `docker exec`, and runc itself, as root, for the moment in which it does so) has no parent in the
 * container's process namespace.
 */
export async function ownProcesses(inside: Inside): Promise<readonly ProcessSeen[]> {
  return descendants(await inside.processes()).filter(({ state }) => state !== 'Z');
}

export function descendants<T extends Pick<ProcessSeen, 'pid' | 'ppid'>>(processes: readonly T[]): readonly T[] {
  const parents = new Map(processes.map(({ pid, ppid }) => [pid, ppid]));
  const isOwn = (pid: number): boolean => {
    // A process that goes while the list is made leaves a gap: no circle is possible, but no end is certain either.
    let at = pid;
    for (let step = 0; step < 1000; step++) {
      if (at === 1) return true;
      const parent = parents.get(at);
      if (parent === undefined || parent === 0) return false;
      at = parent;
    }
    return false;
  };
  return processes.filter(({ pid }) => isOwn(pid)).sort((a, b) => a.pid - b.pid);
}
