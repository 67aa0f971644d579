import { spawn } from 'node:child_process';

/** Starts a process that lives half a second, says its number, and leaves it. */
const parent = `const { spawn } = require('node:child_process');
const orphan = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 500)'], { detached: true, stdio: 'ignore' });
orphan.unref();
console.log(orphan.pid);`;

/**
 * Leaves a process whose parent has ended, and tells its number. The kernel gives it to process 1 of the process namespace
 * (pid_namespaces(7)), which is the service's where the helper has joined that; it counts for the helper's cgroup.
 */
export function orphan(): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.on('error', reject);
    child.on('close', () => {
      const pid = Number(said.trim());
      if (Number.isInteger(pid) && pid > 0) resolve(pid);
      else reject(new Error('no process could be left behind'));
    });
  });
}
