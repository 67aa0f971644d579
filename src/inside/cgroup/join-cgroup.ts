import fs from 'node:fs';
import path from 'node:path';

/**
 * The calling process moves into these cgroup folders, with all its threads. What it took before stays with the helper;
 * what it takes from now on counts there. No pids limit keeps it out: that one holds for forks only (cgroups(7)).
 */
export function joinCgroup(folders: readonly string[]): void {
  const faults: string[] = [];
  let joined = 0;
  for (const folder of folders)
    try {
      fs.writeFileSync(path.join(procsFolder(folder), 'cgroup.procs'), '0');
      joined += 1;
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  // v1's cpuset takes nobody where it has no cores of its own; memory, pids and cpu are what children are for.
  const needed = /[/,](?:memory|pids|cpu)[/,]/;
  if (joined === 0 || faults.some((fault) => needed.test(fault))) throw new Error(faults.join('; '));
}

/** cgroup v2 lets no process into a cgroup that has others below it: Podman keeps its own in `container`. */
function procsFolder(folder: string): string {
  const inner = path.join(folder, 'container');
  return fs.existsSync(path.join(inner, 'cgroup.procs')) ? inner : folder;
}
