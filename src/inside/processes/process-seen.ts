import fs from 'node:fs/promises';
import type { ProcessSeen } from '../protocol.ts';

/** A process by its files below `/proc` (proc(5)); undefined when it has gone. `birth`: ticks since boot, which tells it from a later process of the same number. */
export async function processSeen(
  pid: number,
): Promise<{ readonly seen: ProcessSeen; readonly birth: string } | undefined> {
  const read = (name: string) => fs.readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => undefined);
  const [status, birth, commandLine = '', limits = '', openFiles] = await Promise.all([
    read('status'),
    birthOf(pid),
    read('cmdline'),
    read('limits'),
    countFiles(pid),
  ]);
  if (status === undefined || birth === undefined) return undefined;
  const fields = new Map(
    status.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
    }),
  );
  const field = (name: string, fallback = '') => fields.get(name) ?? fallback;
  // Real, effective, saved, file system.
  const effective = (name: string) => Number(field(name).split(/\s+/)[1] ?? 0);
  const softFiles = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  const seen: ProcessSeen = {
    pid,
    innerPid: Number(field('NSpid', `${pid}`).split(/\s+/).at(-1)),
    ppid: Number(field('PPid', '0')),
    name: field('Name'),
    command: commandLine.split('\0').slice(0, -1),
    state: field('State').slice(0, 1),
    uid: effective('Uid'),
    gid: effective('Gid'),
    capEff: field('CapEff'),
    capBnd: field('CapBnd'),
    noNewPrivs: field('NoNewPrivs') === '1',
    seccomp: Number(field('Seccomp', '0')),
    openFiles,
    maxFiles: softFiles === undefined || softFiles === 'unlimited' ? null : Number(softFiles),
    rssBytes: Number.parseInt(field('VmRSS', '0'), 10) * 1024,
    sigCgt: field('SigCgt'),
    sigIgn: field('SigIgn'),
  };
  return { seen, birth };
}

/** Field 22 of proc_pid_stat(5), counted behind the name, which may hold anything. */
export async function birthOf(pid: number): Promise<string | undefined> {
  const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

async function countFiles(pid: number): Promise<number | null> {
  return (await fs.readdir(`/proc/${pid}/fd`).catch(() => undefined))?.length ?? null;
}
