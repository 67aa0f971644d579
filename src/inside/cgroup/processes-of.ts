import fs from 'node:fs/promises';
import path from 'node:path';
import type { Cgroup } from './find-cgroup.ts';

/** Its processes and those of the cgroups below it, as far as this process namespace shows them. */
export async function processesOf(cgroup: Cgroup): Promise<ReadonlySet<number>> {
  const pids = new Set<number>();
  const top = cgroup.folder('pids') ?? cgroup.folder('memory');
  const folders = top === undefined ? [] : [top];
  for (const folder of folders) {
    const text = await fs.readFile(path.join(folder, 'cgroup.procs'), 'utf8').catch(() => '');
    // Those of a process namespace that is not ours to see are written as 0.
    for (const line of text.split('\n')) if (Number(line) > 0) pids.add(Number(line));
    const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) if (entry.isDirectory()) folders.push(path.join(folder, entry.name));
  }
  return pids;
}
